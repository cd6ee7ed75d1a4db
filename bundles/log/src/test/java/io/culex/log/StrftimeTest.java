// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrftimeTest {
    /** What date(1) writes in the C locale for Sunday 2023-01-01 00:05:09 in Berlin. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%Y-%m-%dT%H:%M:%S|2023-01-01T00:05:09",
                "%FT%T%z|2023-01-01T00:05:09+0100",
                "%a %A %b %B %h|Sun Sunday Jan January Jan",
                "%c|Sun Jan  1 00:05:09 2023",
                "%D %x %X %R|01/01/23 01/01/23 00:05:09 00:05",
                "%r %p %P %I|12:05:09 AM AM am 12",
                "[%e] [%k] [%l] %j|[ 1] [ 0] [12] 001",
                "%s %Z %y|1672527909 CET 23",
                "%u %w %U %W %V %G|7 0 01 00 52 2022",
                "%Ey %Od 100%%|23 01 100%",
                "%Q it's {fun} %|%Q it's {fun} %",
                "%-d/%-m %-H:%-M:%-S %-I %-j %-e %-k|1/1 0:5:9 12 1 1 0",
                "[%_d] [%_H] [%_j] [%_5C] [%_U]|[ 1] [ 0] [  1] [   20] [ 1]",
                "%0e %0k %010d %10d %5Y %3u %-10d|01 00 0000000001 0000000001 02023 007          1",
                "%C %g %-C %5e|20 22 20     1",
                "%^a %#a %^B %#b %^p %#p %#Z %^P|SUN SUN JANUARY JAN AM am cet am",
                "[%10a] [%010a] [%12F] [%^c]|[       Sun] [0000000Sun] [  2023-01-01] [SUN JAN  1 00:05:09 2023]",
                "%_10s %EQ %+ %N %-5q %5% %-|1672527909 %EQ %+ %N %-5q     % %-",
                "%-Od %-F %#c %z|1 2023-01-01 Sun Jan  1 00:05:09 2023 +0100",
            })
    void writesWhatDateWrites(String format, String expected) {
        assertEquals(expected, at(format, 2023, 1, 1, 0, 5, 9));
    }

    @Test
    void writesEnglishWhateverTheLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals("Tue December PM", at("%a %B %p", 2024, 12, 31, 13, 0, 0));
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String at(String format, int... fields) {
        LocalDateTime time = LocalDateTime.of(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);
        return new Strftime(format).format(ZonedDateTime.of(time, ZoneId.of("Europe/Berlin")));
    }
}
