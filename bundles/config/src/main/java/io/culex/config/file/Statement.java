// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.log.LogType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line that is not a comment: its keyword, what follows, and where it stands. */
final class Statement {
    private static final int MAX_BYTES = 65535;

    private final String keyword;
    private final Words words;
    private final Place place;
    private final List<LogLine> log;

    Statement(String keyword, Words words, Place place, List<LogLine> log) {
        this.keyword = keyword;
        this.words = words;
        this.place = place;
        this.log = log;
    }

    String keyword() {
        return keyword;
    }

    Place place() {
        return place;
    }

    /** The refusal of this line. */
    InvalidConfigException invalid(String text) {
        return new InvalidConfigException(text, place);
    }

    /** The refusal of a line without a value. */
    InvalidConfigException empty() {
        return invalid("Error: Empty '" + keyword + "' value in configuration.");
    }

    void log(LogType type, String text) {
        log.add(new LogLine(type, text));
    }

    void log(List<LogLine> lines) {
        log.addAll(lines);
    }

    /** The next word, which must be there. */
    String word() throws InvalidConfigException {
        String word = words.next();
        if (word == null) {
            throw empty();
        }
        return word;
    }

    /** The next word, or null at the end of the line. */
    @Nullable
    String nextWord() {
        return words.next();
    }

    /** The next word between any of the delimiters, or null at the end of the line. */
    @Nullable
    String nextWord(String delimiters) {
        return words.next(delimiters);
    }

    /** The rest of the line as a string value: UTF-8, 1 to 65535 bytes. */
    String text() throws InvalidConfigException {
        String text = words.rest();
        if (text.isEmpty()) {
            throw empty();
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw invalid("Error: '" + keyword + "' value is longer than 65535 bytes.");
        }
        if (text.chars().anyMatch(Statement::isForbidden)) {
            throw invalid("Error: Malformed UTF-8 in configuration.");
        }
        return text;
    }

    /** Control characters, and what the decoder puts in the place of bytes that are not UTF-8. */
    private static boolean isForbidden(int c) {
        return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == ConfigReader.NOT_UTF_8;
    }
}
