// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.codec.ProtocolVersion;
import io.culex.transport.TcpOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {
    private static BridgeSettings read(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(
                Map.of("connection", "b", "address", "a:1 [::1]:8883", "topic", "# out 1", "service.pid", "x"));
        properties.putAll(more);
        return new SettingsReader("host").read(properties);
    }

    private static String refusal(Map<String, Object> more) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> read(more)).getMessage());
    }

    @Test
    void hasTheDefaultsOfMosquittoAndOursWhereTheyLose() {
        BridgeSettings settings = read(Map.of());
        assertEquals(List.of(new Address("a", 1), new Address("::1", 8883)), settings.addresses());
        assertEquals("host.b", settings.remote().clientId());
        assertEquals("local.host.b", settings.local().clientId());
        assertEquals("$SYS/broker/connection/host.b/state", settings.notices().topic());
        assertEquals(ProtocolVersion.MQTT_3_1_1, settings.remote().version());
        assertEquals(0xFFFF_FFFFL, settings.remote().sessionExpirySeconds());
        assertEquals(new Backoff(5, 30, 0), settings.start().backoff());
        assertFalse(settings.local().cleanStart());
        assertFalse(settings.isEncrypted());
        assertTrue(settings.lacksEncryption());
        assertTrue(read(Map.of("cleansession", true)).local().cleanStart());
        assertEquals(0, read(Map.of("cleansession", "true")).remote().sessionExpirySeconds());
    }

    @Test
    void takesOptionsOfTlsOnlyWhenThereIsTls() {
        assertTrue(read(Map.of("bridge_certfile", "c")).wire().stages().isEmpty());
        assertEquals(
                List.of("bridge_alpn", "bridge_certfile"),
                SettingsReader.withoutEffect(
                        Map.of("bridge_certfile", "c", "bridge_alpn", "mqtt", "bridge_insecure", "false")));
        assertEquals(
                Map.of("bridge_capath", "p", "bridge_alpn", "mqtt"),
                read(Map.of("bridge_capath", "p", "bridge_alpn", "mqtt")).wire().stages());
    }

    @Test
    void readsTimesAndSockets() {
        BridgeSettings settings = read(Map.of(
                "restart_timeout", "2 9 60",
                "bridge_tcp_keepalive", "7 3 2",
                "bridge_tcp_user_timeout", "4000",
                "bridge_bind_address", "127.0.0.1"));
        assertEquals(new Backoff(2, 9, 60), settings.start().backoff());
        assertEquals(new TcpOptions(7, 3, 2, 4000), settings.wire().tcp());
        assertEquals("/127.0.0.1", String.valueOf(settings.wire().from()));
        assertNull(read(Map.of()).wire().from());
    }

    @Test
    void namesWhatIsWrong() {
        assertEquals("Error: Invalid 'cleansession' value (yes).", refusal(Map.of("cleansession", "yes")));
        assertEquals("Error: 'threshold' value out of range.", refusal(Map.of("threshold", "0")));
        assertEquals("Error: 'threshold' value not a number.", refusal(Map.of("threshold", "x")));
        assertEquals("Error: Invalid bridge address 'a:0'.", refusal(Map.of("address", "a:0")));
        assertEquals("Error: Invalid bridge topic 'a b c'.", refusal(Map.of("topic", "a b c")));
        assertEquals("Error: Invalid bridge topic 'x'.", refusal(Map.of("topic", "x out 0 \"\" +/")));
        assertEquals("Error: Invalid bridge remapping.", refusal(Map.of("topic", "\"\" in 0 a")));
    }

    @Test
    void readsTopicLinesAsMosquittoDoes() {
        assertEquals(new TopicRule("a/#", Direction.OUT, 0, "", ""), TopicRule.parse("a/#"));
        assertEquals(new TopicRule("a b", Direction.BOTH, 2, "x/", "y/"), TopicRule.parse("\"a b\" Both 2 x/ y/"));
        assertEquals(new TopicRule("", Direction.IN, 1, "x", "y"), TopicRule.parse("\"\" in 1 x y"));
        assertEquals(new TopicRule("#", Direction.IN, 0, "", "r/"), TopicRule.parse("# in 0 \"\" r/"));
        assertEquals(new TopicRule("a/#", Direction.OUT, 1, "", ""), TopicRule.parse("\"a/#\" out 1 \"\" \"\""));
        TopicRule renamed = TopicRule.parse("\"\" both 1 here there");
        assertEquals("there", renamed.toRemote("here"));
        assertEquals("here", renamed.toLocal("there"));
        TopicRule sys = TopicRule.parse("clients/total in 0 x/ $SYS/broker/");
        assertTrue(sys.takesIn("$SYS/broker/clients/total"));
        assertEquals("x/clients/total", sys.toLocal("$SYS/broker/clients/total"));
        assertEquals(renamed, TopicRule.parse(renamed.toString()));
    }
}
