// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.LogSettings;
import io.culex.api.log.LogType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineFormatTest {
    @Test
    void beginsWithTheSecondsSince1970() {
        assertEquals("1700000000: Reloading config.", format(true, null, "Reloading config."));
    }

    @Test
    void beginsWithTheTimeAsAsked() {
        assertEquals("2023-11-14T22:13:20: x", format(true, "%Y-%m-%dT%H:%M:%S", "x"));
    }

    @Test
    void leavesTheTimeOutWhenToldTo() {
        assertEquals("x", format(false, "%Y", "x"));
    }

    @Test
    void followsTheClockFromLineToLine() {
        LineFormat format = new LineFormat(settings(true, null), ZoneOffset.UTC);
        assertEquals("1: a", text(format.format(new Line(LogType.NOTICE, 1, "a"))));
        assertEquals("1: b", text(format.format(new Line(LogType.NOTICE, 1, "b"))));
        assertEquals("2: c", text(format.format(new Line(LogType.NOTICE, 2, "c"))));
    }

    @Test
    void letsNoControlCharacterForgeALine() {
        assertEquals(
                "Client a\\u000a1700000000: b\\u001b[2J\\u0085\\u2028\\u0009 gone",
                format(false, null, "Client a\n1700000000: b\u001b[2J\u0085\u2028\t gone"));
    }

    @Test
    void keepsTheIndentOfSubscriptions() {
        assertEquals("\ta/# (QoS 1)", format(false, null, "\ta/# (QoS 1)"));
    }

    @Test
    void cutsALongLineAtACharacter() {
        String formatted = format(true, null, "ö".repeat(1000));
        int bytes = formatted.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes <= 999 && bytes >= 998, () -> bytes + " bytes");
        assertTrue(formatted.endsWith("ö"));
    }

    private static String format(boolean timestamp, @Nullable String timestampFormat, String text) {
        LineFormat format = new LineFormat(settings(timestamp, timestampFormat), ZoneOffset.UTC);
        return text(format.format(new Line(LogType.NOTICE, 1_700_000_000, text)));
    }

    private static LogSettings settings(boolean timestamp, @Nullable String timestampFormat) {
        return new LogSettings(Set.of(), null, Set.of(), timestamp, timestampFormat, 3, true);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
