// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {
    @ParameterizedTest
    @CsvSource({"90,90", "90s,90", "10m,600", "1h30m,5400", "2d,172800", "1d1h1m1s,90061"})
    void readsThemAsPeopleWriteThem(String text, long seconds) {
        assertEquals(Duration.ofSeconds(seconds), Spans.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0s", "x", "-1", "10x", "m", "1.5h", "9999999999"})
    void refusesWhatIsNone(String text) {
        assertThrows(IllegalArgumentException.class, () -> Spans.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"36501d", "999999999d", "99999999h", "36500d1s"})
    void refusesWhatIsLongerThanACentury(String text) {
        assertEquals(
                "'" + text + "' is too long a time: at most 36500d",
                assertThrows(IllegalArgumentException.class, () -> Spans.parse(text))
                        .getMessage());
    }

    @Test
    void writesTheTwoLargestUnits() {
        assertEquals("59s", Spans.text(Duration.ofSeconds(59)));
        assertEquals("1m", Spans.text(Duration.ofSeconds(60)));
        assertEquals("1h1m", Spans.text(Duration.ofSeconds(3_665)));
        assertEquals("2d3h", Spans.text(Duration.ofHours(51)));
    }
}
