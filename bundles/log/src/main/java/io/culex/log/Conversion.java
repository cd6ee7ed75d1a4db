// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import static java.time.temporal.ChronoField.CLOCK_HOUR_OF_AMPM;
import static java.time.temporal.ChronoField.DAY_OF_WEEK;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one letter of strftime writes.
 *
 * @param text of a time, a number without anything before it
 * @param digits of a number, at least; 0: it is a text
 * @param fill what stands before a number that is shorter, unless something else is asked for
 * @param swapped the other case
 */
record Conversion(Function<ZonedDateTime, String> text, int digits, char fill, Case swapped) {
    /** What {@code #} makes of it. */
    enum Case {
        SAME,
        UPPER,
        LOWER,
        /** And nothing else makes it upper case, either. */
        ALWAYS_LOWER
    }

    private static final int CENTURY = 100;
    private static final int DAYS = 7;

    /** Weeks as strftime counts them: what is before the first whole week is week 0. */
    private static final WeekFields FROM_SUNDAY = WeekFields.of(DayOfWeek.SUNDAY, DAYS);

    private static final WeekFields FROM_MONDAY = WeekFields.of(DayOfWeek.MONDAY, DAYS);

    /** That of a letter; null when there is none. */
    static @Nullable Conversion of(char letter) {
        Conversion date = ofDate(letter);
        Conversion time = date == null ? ofTime(letter) : date;
        return time == null ? ofText(letter) : time;
    }

    private static @Nullable Conversion ofDate(char letter) {
        return switch (letter) {
            case 'Y' -> number(1, '0', ZonedDateTime::getYear);
            case 'y' -> number(2, '0', time -> time.getYear() % CENTURY);
            case 'C' -> number(2, '0', time -> time.getYear() / CENTURY);
            case 'G' -> number(1, '0', IsoFields.WEEK_BASED_YEAR::getFrom);
            case 'g' -> number(2, '0', time -> IsoFields.WEEK_BASED_YEAR.getFrom(time) % CENTURY);
            case 'm' -> number(2, '0', ZonedDateTime::getMonthValue);
            case 'd' -> number(2, '0', ZonedDateTime::getDayOfMonth);
            case 'e' -> number(2, ' ', ZonedDateTime::getDayOfMonth);
            case 'j' -> number(3, '0', ZonedDateTime::getDayOfYear);
            case 'u' -> number(1, '0', DAY_OF_WEEK::getFrom);
            case 'w' -> number(1, '0', time -> DAY_OF_WEEK.getFrom(time) % DAYS);
            case 'U' -> number(2, '0', FROM_SUNDAY.weekOfYear()::getFrom);
            case 'W' -> number(2, '0', FROM_MONDAY.weekOfYear()::getFrom);
            case 'V' -> number(2, '0', IsoFields.WEEK_OF_WEEK_BASED_YEAR::getFrom);
            default -> null;
        };
    }

    private static @Nullable Conversion ofTime(char letter) {
        return switch (letter) {
            case 's' -> number(1, '0', ZonedDateTime::toEpochSecond);
            case 'H' -> number(2, '0', ZonedDateTime::getHour);
            case 'k' -> number(2, ' ', ZonedDateTime::getHour);
            case 'I' -> number(2, '0', CLOCK_HOUR_OF_AMPM::getFrom);
            case 'l' -> number(2, ' ', CLOCK_HOUR_OF_AMPM::getFrom);
            case 'M' -> number(2, '0', ZonedDateTime::getMinute);
            case 'S' -> number(2, '0', ZonedDateTime::getSecond);
            case 'p' -> words("a", Case.LOWER);
            case 'P' -> text(time -> pattern("a").format(time).toLowerCase(Locale.ROOT), Case.ALWAYS_LOWER);
            case 'z' -> words("xx", Case.SAME);
            case 'Z' -> words("zzz", Case.LOWER);
            default -> null;
        };
    }

    private static @Nullable Conversion ofText(char letter) {
        return switch (letter) {
            case 'a' -> words("EEE", Case.UPPER);
            case 'A' -> words("EEEE", Case.UPPER);
            case 'b', 'h' -> words("MMM", Case.UPPER);
            case 'B' -> words("MMMM", Case.UPPER);
            case 'c' -> several("%a %b %e %H:%M:%S %Y");
            case 'D', 'x' -> several("%m/%d/%y");
            case 'F' -> several("%Y-%m-%d");
            case 'r' -> several("%I:%M:%S %p");
            case 'R' -> several("%H:%M");
            case 'T', 'X' -> several("%H:%M:%S");
            case '%' -> text(time -> "%", Case.SAME);
            case 'n' -> text(time -> "\n", Case.SAME);
            case 't' -> text(time -> "\t", Case.SAME);
            default -> null;
        };
    }

    private static Conversion number(int digits, char fill, ToLongFunction<ZonedDateTime> value) {
        return new Conversion(time -> Long.toString(value.applyAsLong(time)), digits, fill, Case.SAME);
    }

    private static Conversion words(String pattern, Case swapped) {
        return text(pattern(pattern)::format, swapped);
    }

    private static Conversion several(String format) {
        return text(new Strftime(format)::format, Case.SAME);
    }

    private static Conversion text(Function<ZonedDateTime, String> text, Case swapped) {
        return new Conversion(text, 0, ' ', swapped);
    }

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    String text(ZonedDateTime time) {
        return text.apply(time);
    }
}
