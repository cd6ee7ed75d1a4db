// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import io.culex.api.message.TopicFilter;
import io.culex.security.file.FileFormat;
import io.culex.security.file.InvalidFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The grammar of SPEC C.1. Any fault refuses the whole file. */
final class AclFileFormat implements FileFormat<Rules> {
    @Override
    public String unreadable(Path file) {
        return "Error: Unable to open acl_file \"" + file + "\".";
    }

    @Override
    public Rules parse(Path file, List<String> lines, Consumer<String> warnings) throws InvalidFileException {
        Reading reading = new Reading(file, warnings);
        for (String line : lines) {
            reading.line(line);
        }
        return reading.rules.build();
    }

    /** One reading of a file: whose section it is in, and what there was so far. */
    private static final class Reading {
        private final Path file;
        private final Consumer<String> warnings;
        private final Rules.Builder rules = new Rules.Builder();
        private @Nullable String user;
        private int number;

        /** An access word, or readwrite without one, and the filter. */
        private record Rule(Grant grant, String filter) {}

        Reading(Path file, Consumer<String> warnings) {
            this.file = file;
            this.warnings = warnings;
        }

        void line(String line) throws InvalidFileException {
            number++;
            String rest = trimmed(line);
            if (line.startsWith("#") || rest.isEmpty()) {
                return;
            }
            int end = wordEnd(rest);
            String keyword = rest.substring(0, end);
            String value = withoutSpaces(rest.substring(end));
            switch (keyword) {
                case "user" -> user = user(value.trim());
                case "topic" -> {
                    Rule rule = rule(keyword, value);
                    rules.topic(user, rule.grant(), rule.filter());
                }
                case "pattern" -> {
                    Rule rule = rule(keyword, value);
                    checkPattern(rule.filter());
                    rules.pattern(rule.grant(), rule.filter());
                }
                default ->
                    throw fault(
                            "Invalid line in acl_file \"" + file + "\": " + keyword + ".",
                            "it begins with none of the words user, topic, pattern and a space");
            }
        }

        private String user(String name) throws InvalidFileException {
            if (name.isEmpty()) {
                throw fault("Missing username in acl_file \"" + file + "\".", "nothing follows the word user");
            }
            return name;
        }

        private Rule rule(String keyword, String value) throws InvalidFileException {
            if (value.isEmpty()) {
                throw fault("Empty topic in acl_file \"" + file + "\".", "nothing follows the word " + keyword);
            }
            int end = wordEnd(value);
            if (end == value.length()) {
                return new Rule(Grant.READWRITE, filter(value));
            }
            String word = value.substring(0, end);
            Grant grant = Grant.of(word)
                    .orElseThrow(() -> fault(
                            "Invalid topic access type \"" + word + "\" in acl_file \"" + file + "\".",
                            "it is none of read, write, readwrite, deny; a filter with a space in it needs one"));
            return new Rule(grant, filter(withoutSpaces(value.substring(end))));
        }

        private String filter(String text) throws InvalidFileException {
            if (!TopicFilter.isValid(text)) {
                throw fault(
                        "Invalid ACL topic \"" + text + "\" in acl_file \"" + file + "\".",
                        "it is not a topic filter; a comment stands on a line of its own");
            }
            if (text.indexOf('\t') >= 0) {
                warn("The ACL topic \"" + text + "\" has a tab in it; only spaces separate words.");
            }
            return text;
        }

        private void checkPattern(String filter) {
            if (!filter.contains("%u") && !filter.contains("%c")) {
                warn("ACL pattern '" + filter + "' does not contain '%c' or '%u'.");
                return;
            }
            for (String level : filter.split("/", -1)) {
                if (level.length() > 2 && (level.contains("%u") || level.contains("%c"))) {
                    warn("ACL pattern '" + filter + "': '%c' and '%u' stand for a client only as a whole level.");
                }
            }
        }

        private void warn(String text) {
            warnings.accept("Warning: " + text + " (" + file + ", line " + number + ")");
        }

        private InvalidFileException fault(String message, String reason) {
            return new InvalidFileException("Error: " + message, number, reason);
        }

        /** Words are separated by spaces only: a tab is part of a word, as it is for Mosquitto. */
        private static int wordEnd(String text) {
            int end = text.indexOf(' ');
            return end < 0 ? text.length() : end;
        }

        /** Without blanks at the end and spaces at the beginning; a tab at the beginning is part of the first word. */
        private static String trimmed(String line) {
            int end = line.length();
            while (end > 0 && line.charAt(end - 1) <= ' ') {
                end--;
            }
            return withoutSpaces(line.substring(0, end));
        }

        private static String withoutSpaces(String text) {
            int from = 0;
            while (from < text.length() && text.charAt(from) == ' ') {
                from++;
            }
            return text.substring(from);
        }
    }
}
