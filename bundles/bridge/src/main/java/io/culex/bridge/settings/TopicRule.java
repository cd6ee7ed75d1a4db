// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

import io.culex.api.message.TopicFilter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code topic} line (SPEC F.1, F.2).
 *
 * @param pattern a Topic Filter, or empty for a single topic that the prefixes name
 * @param direction which way
 * @param qos the highest level, 0 to 2
 * @param localPrefix put before the pattern here
 * @param remotePrefix put before the pattern there
 */
public record TopicRule(String pattern, Direction direction, int qos, String localPrefix, String remotePrefix) {
    private static final Pattern LINE = Pattern.compile(
            "(?:\"(.*?)\"|(\\S+))(?: +(out|in|both)(?: +([012])(?: +(\\S+)(?: +(\\S+))?)?)?)?",
            Pattern.CASE_INSENSITIVE);

    public TopicRule {
        if (pattern.isEmpty() && (localPrefix.isEmpty() || remotePrefix.isEmpty())) {
            throw new IllegalArgumentException("Error: Invalid bridge remapping.");
        }
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("Error: Invalid bridge QoS level '" + qos + "'.");
        }
        if (TopicFilter.hasWildcard(localPrefix + remotePrefix)
                || !TopicFilter.isValid(localPrefix + pattern)
                || !TopicFilter.isValid(remotePrefix + pattern)) {
            throw new IllegalArgumentException("Error: Invalid bridge topic '" + pattern + "'.");
        }
    }

    /** Out of a line as in mosquitto.conf; the pattern may stand in quotation marks, {@code ""} is empty. */
    public static TopicRule parse(String line) {
        Matcher words = LINE.matcher(line.strip());
        if (!words.matches()) {
            throw new IllegalArgumentException("Error: Invalid bridge topic '" + line + "'.");
        }
        String direction = words.group(3) == null ? "out" : words.group(3);
        return new TopicRule(
                words.group(1) == null ? words.group(2) : words.group(1),
                Direction.valueOf(direction.toUpperCase(Locale.ROOT)),
                words.group(4) == null ? 0 : Integer.parseInt(words.group(4)),
                prefix(words.group(5)),
                prefix(words.group(6)));
    }

    private static String prefix(@Nullable String word) {
        return word == null || word.equals("\"\"") ? "" : word;
    }

    /** The Topic Filter here. */
    public String localFilter() {
        return localPrefix + pattern;
    }

    /** The Topic Filter there. */
    public String remoteFilter() {
        return remotePrefix + pattern;
    }

    /** Whether a message of a topic here goes there by this line. */
    public boolean takesOut(String topic) {
        return direction.isOut() && TopicFilter.matches(TopicFilter.inner(localFilter()), topic);
    }

    /** Whether a message of a topic there comes here by this line. */
    public boolean takesIn(String topic) {
        return direction.isIn() && TopicFilter.matches(TopicFilter.inner(remoteFilter()), topic);
    }

    /** Whether a subscription to it there brings everything that one to the other line would. */
    public boolean covers(TopicRule other) {
        String outer = remoteFilter();
        String inner = other.remoteFilter();
        // A wildcard at the start leaves out what begins with "$" [MQTT-4.7.2-1].
        boolean isHidden = inner.startsWith("$") && !outer.startsWith("$");
        return direction.isIn()
                && qos >= other.qos
                && !isHidden
                && !TopicFilter.isShared(outer)
                && !TopicFilter.isShared(inner)
                && TopicFilter.covers(outer, inner);
    }

    /** A topic here as it is called there; only when it {@link #takesOut}. */
    public String toRemote(String topic) {
        return changed(topic, localPrefix, remotePrefix);
    }

    /** A topic there as it is called here; only when it {@link #takesIn}. */
    public String toLocal(String topic) {
        return changed(topic, remotePrefix, localPrefix);
    }

    private static String changed(String topic, String from, String to) {
        return to + (topic.startsWith(from) ? topic.substring(from.length()) : topic);
    }

    /** As a person would write it. */
    @Override
    public String toString() {
        return "%s %s %d %s %s"
                .formatted(
                        pattern.isEmpty() ? "\"\"" : pattern,
                        direction.name().toLowerCase(Locale.ROOT),
                        qos,
                        localPrefix.isEmpty() ? "\"\"" : localPrefix,
                        remotePrefix.isEmpty() ? "\"\"" : remotePrefix);
    }
}
