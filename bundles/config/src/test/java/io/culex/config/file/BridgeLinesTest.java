// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.config.file.BridgeTopic.Direction;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeLinesTest {
    private final ConfText conf;

    BridgeLinesTest(@TempDir Path dir) {
        conf = new ConfText(dir);
    }

    @Test
    void readsTopics() throws Exception {
        ConfigDocument document = conf.read(
                "connection x",
                "address y",
                "topic #",
                "topic a/# IN",
                "topic \"with blank\" both 1 l/ r/",
                "topic \"\" in 2 one two # words end here",
                "topic b out # 2",
                "topic c both 2 \"\" r/",
                "topic c both 2 \"\" r/");
        assertEquals(
                List.of(
                        new BridgeTopic("#", Direction.OUT, 0, "", ""),
                        new BridgeTopic("a/#", Direction.IN, 0, "", ""),
                        new BridgeTopic("with blank", Direction.BOTH, 1, "l/", "r/"),
                        new BridgeTopic("", Direction.IN, 2, "one", "two"),
                        new BridgeTopic("b", Direction.OUT, 0, "", ""),
                        new BridgeTopic("c", Direction.BOTH, 2, "", "r/")),
                document.topics(document.bridges().get(0)));
    }

    @Test
    void refusesWrongTopics() {
        assertEquals("Error: Invalid bridge topic direction 'up'.", bridgeError("topic a up"));
        assertEquals("Error: Invalid bridge QoS level '3'.", bridgeError("topic a out 3"));
        assertEquals("Error: Invalid bridge remapping.", bridgeError("topic \"\" in 0 a"));
        assertEquals("Error: Invalid bridge topic local prefix 'a/#'.", bridgeError("topic a in 0 a/#"));
        assertEquals("Error: Invalid bridge topic remote prefix '+'.", bridgeError("topic a in 0 a +"));
        assertTrue(bridgeError("topic \"a b").startsWith("Error: Missing closing quote in topic value"));
    }

    @Test
    void readsAddressesWithTheirPorts() throws Exception {
        Section bridge = conf.read("connection x", "addresses a b:1884 2001:db8::1:1885 # c", "topic a")
                .bridges()
                .get(0);
        assertEquals("a:1883 b:1884 2001:db8::1:1885", bridge.text("address"));
    }

    @Test
    void refusesWrongAddresses() {
        assertEquals("Error: Invalid bridge port value (0).", bridgeError("address a:0"));
        assertEquals("Error: Empty address value in configuration.", bridgeError("address # a"));
        assertEquals(
                "Error: Invalid bridge configuration, 'address' only allowed once.",
                bridgeError("address a", "address b"));
    }

    @Test
    void refusesBridgesThatAreNotComplete() {
        assertEquals(
                List.of(
                        "Error: Invalid bridge configuration: no remote addresses defined.",
                        "Error found at " + conf.main() + ":1."),
                conf.refusal("connection x"));
        assertEquals(
                "Error: Invalid bridge configuration: no topics defined.", conf.error("connection x", "address y"));
        assertEquals(
                "Error: Invalid bridge configuration: missing bridge_psk.",
                bridgeError("address y", "topic a", "bridge_identity z"));
        assertEquals(
                "Error: 'bridge_cafile': Cannot use both certificate and psk encryption in a single bridge.",
                bridgeError("address y", "topic a", "bridge_identity z", "bridge_psk 00", "bridge_cafile a"));
    }

    @Test
    void refusesNamesAndIdsThatAreNotUnique() {
        assertEquals("Error: Duplicate bridge name 'x'.", conf.error("connection x", "connection x"));
        assertTrue(conf.error(
                        "connection x",
                        "address y",
                        "topic a",
                        "local_clientid z",
                        "connection w",
                        "address y",
                        "topic a",
                        "local_clientid z")
                .startsWith("Error: Bridge local_clientid 'z' is not unique."));
    }

    @Test
    void refusesBridgeOptionsWithoutABridge() {
        assertEquals("Error: The 'topic' option requires a bridge to be defined first.", conf.error("topic a"));
        assertEquals("Error: The 'password' option requires a bridge to be defined first.", conf.error("password a"));
    }

    @Test
    void readsRestartTimeouts() throws Exception {
        assertEquals("1", restart("0"));
        assertEquals("3600", restart("4000"));
        assertEquals("5 30", restart("5 30"));
        assertEquals("5 7200 10", restart("5 9000 10"));
        assertEquals(
                "Error: backoff cap is lower than the base in restart_timeout.", bridgeError("restart_timeout 5 3"));
        assertEquals("Error: stable connection period cannot be negative.", bridgeError("restart_timeout 5 6 -1"));
    }

    @Test
    void readsTcpKeepalive() throws Exception {
        assertEquals("5 6 7", complete("bridge_tcp_keepalive 5 6 7").text("bridge_tcp_keepalive"));
        assertEquals("Error: invalid TCP keepalive interval value.", bridgeError("bridge_tcp_keepalive 5 0 7"));
    }

    @Test
    void bringsBridgeNumbersIntoRangeAndSaysSo() throws Exception {
        Section bridge = complete("keepalive_interval 2", "idle_timeout 0", "threshold 0");
        assertEquals(5, bridge.number("keepalive_interval"));
        assertEquals(1, bridge.number("idle_timeout"));
        assertEquals(1, bridge.number("threshold"));
        assertEquals("Error: Bridge keepalive value too high.", bridgeError("keepalive_interval 65536"));
        assertEquals("Error: Manual start_type not supported.", bridgeError("start_type manual"));
        assertEquals("Error: Invalid 'start_type' value in configuration (never).", bridgeError("start_type never"));
    }

    private String restart(String value) throws InvalidConfigException {
        return complete("restart_timeout " + value).required("restart_timeout");
    }

    private Section complete(String... lines) throws InvalidConfigException {
        return conf.read(Stream.concat(Stream.of("connection x", "address y", "topic a"), Stream.of(lines))
                        .toArray(String[]::new))
                .bridges()
                .get(0);
    }

    private String bridgeError(String... lines) {
        return conf.error(
                Stream.concat(Stream.of("connection x"), Stream.of(lines)).toArray(String[]::new));
    }
}
