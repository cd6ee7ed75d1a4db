// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.message.TopicFilter;
import io.culex.api.message.TopicName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A {@code topic} line of a bridge (SPEC F.1, F.2).
 *
 * @param pattern a Topic Filter, or empty for a single topic that the prefixes name
 * @param direction seen from here
 * @param qos 0, 1 or 2
 * @param localPrefix put before the pattern here
 * @param remotePrefix put before the pattern there
 */
public record BridgeTopic(String pattern, Direction direction, int qos, String localPrefix, String remotePrefix) {
    /** Which way messages go. */
    public enum Direction {
        /** From here to there. */
        OUT,
        /** From there to here. */
        IN,
        /** Both ways. */
        BOTH
    }

    /** As a line that says everything, with the pattern in quotation marks. */
    public String line() {
        return "\"%s\" %s %d %s %s"
                .formatted(
                        pattern,
                        direction.name().toLowerCase(Locale.ROOT),
                        qos,
                        localPrefix.isEmpty() ? "\"\"" : localPrefix,
                        remotePrefix.isEmpty() ? "\"\"" : remotePrefix);
    }

    static BridgeTopic parse(Statement statement) throws InvalidConfigException {
        String pattern = pattern(statement);
        String direction = part(statement);
        String qos = direction == null ? null : part(statement);
        String local = qos == null ? null : part(statement);
        String remote = local == null ? null : part(statement);
        BridgeTopic topic = new BridgeTopic(
                pattern,
                direction(direction, statement),
                qos(qos, statement),
                prefix(local, "local", statement),
                prefix(remote, "remote", statement));
        topic.check(statement);
        return topic;
    }

    private void check(Statement statement) throws InvalidConfigException {
        if (pattern.isEmpty() && (localPrefix.isEmpty() || remotePrefix.isEmpty())) {
            throw statement.invalid("Error: Invalid bridge remapping.");
        }
        if (!TopicFilter.isValid(localPrefix + pattern) || !TopicFilter.isValid(remotePrefix + pattern)) {
            throw statement.invalid("Error: Invalid bridge topic '" + pattern + "'.");
        }
    }

    private static String pattern(Statement statement) throws InvalidConfigException {
        String word = statement.word();
        if (word.equals("\"\"")) {
            return "";
        }
        if (!word.startsWith("\"")) {
            return word;
        }
        if (word.length() > 1 && word.endsWith("\"")) {
            return word.substring(1, word.length() - 1);
        }
        StringBuilder quoted = new StringBuilder(word.substring(1));
        for (String next = statement.nextWord(); next != null; next = statement.nextWord()) {
            quoted.append(' ').append(next);
            if (next.endsWith("\"")) {
                return quoted.substring(0, quoted.length() - 1);
            }
        }
        throw statement.invalid("Error: Missing closing quote in topic value (" + quoted + ").");
    }

    /** The next word; one that begins with # ends the line. */
    private static @Nullable String part(Statement statement) {
        String word = statement.nextWord();
        return word == null || word.startsWith("#") ? null : word;
    }

    private static Direction direction(@Nullable String word, Statement statement) throws InvalidConfigException {
        if (word == null) {
            return Direction.OUT;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "out" -> Direction.OUT;
            case "in" -> Direction.IN;
            case "both" -> Direction.BOTH;
            default -> throw statement.invalid("Error: Invalid bridge topic direction '" + word + "'.");
        };
    }

    private static int qos(@Nullable String word, Statement statement) throws InvalidConfigException {
        if (word == null) {
            return 0;
        }
        if (word.length() == 1 && word.charAt(0) >= '0' && word.charAt(0) <= '2') {
            return word.charAt(0) - '0';
        }
        throw statement.invalid("Error: Invalid bridge QoS level '" + word + "'.");
    }

    private static String prefix(@Nullable String word, String which, Statement statement)
            throws InvalidConfigException {
        if (word == null || word.equals("\"\"")) {
            return "";
        }
        if (!TopicName.isValid(word)) {
            throw statement.invalid("Error: Invalid bridge topic " + which + " prefix '" + word + "'.");
        }
        return word;
    }
}
