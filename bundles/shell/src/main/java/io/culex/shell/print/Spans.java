// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them: {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 2d}; a number alone means seconds. */
public final class Spans {
    private static final Pattern PART = Pattern.compile("(\\d{1,9})([smhd])");
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}[smhd])+");
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long MOST_DAYS = 36_500;

    private Spans() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none, or zero, or longer than a century: clocks cannot count that in nanoseconds
     */
    public static Duration parse(String text) {
        long seconds = 0;
        if (text.matches("\\d{1,9}")) {
            seconds = Long.parseLong(text);
        } else if (WHOLE.matcher(text).matches()) {
            Matcher part = PART.matcher(text);
            while (part.find()) {
                seconds += Long.parseLong(part.group(1)) * unit(part.group(2));
            }
        }
        if (seconds == 0) {
            throw new IllegalArgumentException("'" + text + "' is no span of time such as 90s, 10m, 1h30m or 2d");
        }
        if (seconds > MOST_DAYS * DAY) {
            throw new IllegalArgumentException("'" + text + "' is too long a time: at most " + MOST_DAYS + "d");
        }
        return Duration.ofSeconds(seconds);
    }

    private static long unit(String letter) {
        return switch (letter) {
            case "s" -> 1;
            case "m" -> MINUTE;
            case "h" -> HOUR;
            default -> DAY;
        };
    }

    /** Writes one, in its two largest units. */
    public static String text(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < MINUTE) {
            return seconds + "s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + "m" + rest(seconds % MINUTE, "s");
        }
        if (seconds < DAY) {
            return seconds / HOUR + "h" + rest(seconds % HOUR / MINUTE, "m");
        }
        return seconds / DAY + "d" + rest(seconds % DAY / HOUR, "h");
    }

    private static String rest(long value, String unit) {
        return value == 0 ? "" : value + unit;
    }
}
