// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import io.culex.api.config.LogSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes a line of the log from its time and text (SPEC H.4). Not thread safe: belongs to the writing thread. */
final class LineFormat {
    /** The longest line in bytes, its line end included. */
    static final int MAX_BYTES = 1000;

    private final boolean timestamp;
    private final @Nullable Strftime time;
    private final ZoneId zone;
    private long prefixSeconds = Long.MIN_VALUE;
    private String prefix = "";

    LineFormat(LogSettings settings, ZoneId zone) {
        this.timestamp = settings.timestamp();
        String format = settings.timestampFormat();
        this.time = format == null ? null : new Strftime(format);
        this.zone = zone;
    }

    /** The line without its end, as UTF-8, cut at a character when it is too long. */
    byte[] format(Line line) {
        StringBuilder text =
                new StringBuilder(prefix(line.seconds()).length() + line.text().length());
        text.append(prefix);
        escape(line.text(), text);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return bytes.length < MAX_BYTES ? bytes : cut(bytes);
    }

    private String prefix(long seconds) {
        if (timestamp && seconds != prefixSeconds) {
            String text = time == null
                    ? Long.toString(seconds)
                    : time.format(Instant.ofEpochSecond(seconds).atZone(zone));
            StringBuilder escaped = new StringBuilder(text.length() + 2);
            escape(text, escaped);
            prefix = escaped.append(": ").toString();
            prefixSeconds = seconds;
        }
        return prefix;
    }

    /** Client Identifiers and topics come from outside: no control character of theirs may forge or hide a line. */
    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean indent = i == 0 && c == '\t';
            if (indent || !(Character.isISOControl(c) || c == '\u2028' || c == '\u2029')) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
    }

    private static byte[] cut(byte[] bytes) {
        int end = MAX_BYTES - 1;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }
}
