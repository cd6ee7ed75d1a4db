// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberTest {
    private final ConfText conf;

    NumberTest(@TempDir Path dir) {
        conf = new ConfText(dir);
    }

    @Test
    void readsEveryIntInEveryBase() throws Exception {
        Random random = new Random(1883);
        for (int i = 0; i < 500; i++) {
            int number = random.nextInt() >> random.nextInt(31);
            long magnitude = Math.abs((long) number);
            String sign = number < 0 ? "-" : random.nextBoolean() ? "+" : "";
            for (String digits : List.of(
                    Long.toString(magnitude),
                    "0x" + Long.toHexString(magnitude),
                    "0X" + Long.toHexString(magnitude).toUpperCase(Locale.ROOT),
                    "0" + Long.toOctalString(magnitude))) {
                assertEquals(number, number(sign + digits), sign + digits);
            }
        }
    }

    @Test
    void readsTheLimitsOfInt() throws Exception {
        assertEquals(Integer.MAX_VALUE, number("2147483647"));
        assertEquals(Integer.MIN_VALUE, number("-2147483648"));
        for (String beyond : List.of("2147483648", "-2147483649", "0x80000000", "99999999999999999999999999")) {
            assertEquals("Error: 'global_max_clients' value out of range.", conf.error("global_max_clients " + beyond));
        }
    }

    @Test
    void refusesWhatIsNotWhollyANumber() {
        for (String wrong : List.of("abc", "1a", "0x", "08", "0x1g", "1.5", "--1", "+", "-", "1,2", "#1", "1e3")) {
            assertEquals(
                    "Error: 'global_max_clients' value not a number.",
                    conf.error("global_max_clients " + wrong),
                    wrong);
        }
    }

    @Test
    void ignoresWhatFollowsANumber() throws Exception {
        Section listener =
                conf.read("listener 1883", "max_qos 1 # note").listeners().get(0);
        assertEquals(1, listener.number("max_qos"));
    }

    @Test
    void refusesNumbersOutsideTheirRange() {
        assertEquals("Error: 'max_packet_size' must be >= 20.", conf.error("max_packet_size 19"));
        assertEquals("Error: Invalid 'sys_interval' value (65536).", conf.error("sys_interval 65536"));
        assertEquals("Error: Invalid 'sys_interval' value (-1).", conf.error("sys_interval -1"));
        assertEquals("Error: Invalid 'max_keepalive' value (65536).", conf.error("max_keepalive 0x10000"));
        assertEquals("Error: 'max_inflight_messages' must be <= 65535.", conf.error("max_inflight_messages 65536"));
        assertEquals("Error: retain_expiry_interval must be >= 1.", conf.error("retain_expiry_interval 0"));
        assertEquals("Error: Invalid 'log_facility' value (8).", conf.error("log_facility 8"));
        assertEquals("Error: 'max_qos' must be between 0 and 2 inclusive.", conf.error("listener 1883", "max_qos 3"));
        assertEquals(
                "Error: Invalid 'max_topic_alias' value in configuration.",
                conf.error("listener 1883", "max_topic_alias 65536"));
        assertEquals("Error: Invalid 'memory_limit' value (-1).", conf.error("memory_limit -1"));
        assertEquals(
                "Error: Invalid 'message_size_limit' value (268435456).", conf.error("message_size_limit 268435456"));
    }

    @Test
    void bringsNumbersIntoRangeWhereMosquittoDoes() throws Exception {
        Section global = conf.read("autosave_interval -5", "max_queued_messages -1", "max_inflight_messages -1")
                .global();
        assertEquals(0, global.number("autosave_interval"));
        assertEquals(0, global.number("max_queued_messages"));
        assertEquals(0, global.number("max_inflight_messages"));
        assertEquals(
                -1,
                conf.read("listener 1883", "max_connections -7")
                        .listeners()
                        .get(0)
                        .number("max_connections"));
    }

    @Test
    void saysWhenANumberIsCapped() throws Exception {
        ConfigDocument document = conf.read("retain_expiry_interval 10000001");
        assertEquals(10_000_000, document.global().number("retain_expiry_interval"));
        assertEquals(
                "Warning: retain_expiry_interval being capped at 19 years.",
                document.log().get(0).text());
    }

    @Test
    void readsLimitsBeyondInt() throws Exception {
        assertEquals(
                8_589_934_592L, conf.read("memory_limit 8589934592").global().number("memory_limit"));
    }

    private int number(String text) throws InvalidConfigException {
        return conf.read("global_max_clients " + text).global().integer("global_max_clients");
    }
}
