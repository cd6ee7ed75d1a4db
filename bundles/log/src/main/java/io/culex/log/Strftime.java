// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import static java.time.temporal.ChronoField.AMPM_OF_DAY;
import static java.time.temporal.ChronoField.DAY_OF_WEEK;
import static java.time.temporal.ChronoField.INSTANT_SECONDS;

import java.time.DayOfWeek;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the formats of strftime(3), as {@code log_timestamp_format} takes them, in the C locale. */
final class Strftime {
    /** Conversions that stand for others. */
    private static final Map<Character, String> SHORTHAND = Map.of(
            'c', "%a %b %e %H:%M:%S %Y",
            'D', "%m/%d/%y",
            'x', "%m/%d/%y",
            'F', "%Y-%m-%d",
            'r', "%I:%M:%S %p",
            'R', "%H:%M",
            'T', "%H:%M:%S",
            'X', "%H:%M:%S",
            'h', "%b");

    /** Conversions that DateTimeFormatter has a pattern for. */
    private static final Map<Character, String> PATTERNS = Map.ofEntries(
            Map.entry('Y', "uuuu"),
            Map.entry('y', "uu"),
            Map.entry('m', "MM"),
            Map.entry('d', "dd"),
            Map.entry('e', "ppd"),
            Map.entry('j', "DDD"),
            Map.entry('H', "HH"),
            Map.entry('k', "ppH"),
            Map.entry('I', "hh"),
            Map.entry('l', "pph"),
            Map.entry('M', "mm"),
            Map.entry('S', "ss"),
            Map.entry('p', "a"),
            Map.entry('a', "EEE"),
            Map.entry('A', "EEEE"),
            Map.entry('b', "MMM"),
            Map.entry('B', "MMMM"),
            Map.entry('z', "xx"),
            Map.entry('Z', "zzz"));

    /** Weeks as strftime counts them: what is before the first whole week is week 0. */
    private static final WeekFields FROM_SUNDAY = WeekFields.of(DayOfWeek.SUNDAY, 7);

    private static final WeekFields FROM_MONDAY = WeekFields.of(DayOfWeek.MONDAY, 7);

    private static final Map<Long, String> DAYS_FROM_SUNDAY =
            Map.of(1L, "1", 2L, "2", 3L, "3", 4L, "4", 5L, "5", 6L, "6", 7L, "0");

    private Strftime() {}

    /** A formatter that writes what strftime would. A conversion it does not know is written as it stands. */
    static DateTimeFormatter formatter(String format) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        append(builder, format);
        return builder.toFormatter(Locale.ENGLISH);
    }

    private static void append(DateTimeFormatterBuilder builder, String format) {
        int i = 0;
        while (i < format.length()) {
            char c = format.charAt(i++);
            if (c != '%' || i == format.length()) {
                builder.appendLiteral(c);
                continue;
            }
            char conversion = format.charAt(i++);
            if ((conversion == 'E' || conversion == 'O') && i < format.length()) {
                conversion = format.charAt(i++);
            }
            appendConversion(builder, conversion);
        }
    }

    private static void appendConversion(DateTimeFormatterBuilder builder, char conversion) {
        @Nullable String shorthand = SHORTHAND.get(conversion);
        @Nullable String pattern = PATTERNS.get(conversion);
        if (shorthand != null) {
            append(builder, shorthand);
        } else if (pattern != null) {
            builder.appendPattern(pattern);
        } else {
            appendOther(builder, conversion);
        }
    }

    private static void appendOther(DateTimeFormatterBuilder builder, char conversion) {
        switch (conversion) {
            case '%' -> builder.appendLiteral('%');
            case 'n' -> builder.appendLiteral('\n');
            case 't' -> builder.appendLiteral('\t');
            case 's' -> builder.appendValue(INSTANT_SECONDS);
            case 'P' -> builder.appendText(AMPM_OF_DAY, Map.of(0L, "am", 1L, "pm"));
            case 'u' -> builder.appendValue(DAY_OF_WEEK);
            case 'w' -> builder.appendText(DAY_OF_WEEK, DAYS_FROM_SUNDAY);
            case 'U' -> builder.appendValue(FROM_SUNDAY.weekOfYear(), 2);
            case 'W' -> builder.appendValue(FROM_MONDAY.weekOfYear(), 2);
            case 'V' -> builder.appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2);
            case 'G' -> builder.appendValue(IsoFields.WEEK_BASED_YEAR, 4);
            default -> builder.appendLiteral("%" + conversion);
        }
    }
}
