// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Will QoS and Will Retain without a Will Flag. */
class ConnectFlagsTest {
    /** MQTT 3.1: "If the Will flag is set, the Will QoS field is mandatory, otherwise its value is disregarded." */
    @ParameterizedTest
    @ValueSource(strings = {"0A", "12", "1A", "22", "3B"})
    void ofAWillThatIsNotThereAreDisregardedInMqtt31(String flags) throws Exception {
        Connect connect =
                Wire.read("S", "10 LEN <MQIsdp> 03 " + flags + " 003C <a>").only(Connect.class);
        assertNull(connect.will());
        assertEquals("a", connect.clientId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0A", "12", "22"})
    void ofAWillThatIsNotThereAreRefusedInMqtt311(String flags) {
        assertThrows(MalformedPacketException.class, () -> Wire.read("S", "10 LEN <MQTT> 04 " + flags + " 003C <a>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E", "3E"})
    void ofAWillThatIsThereCountInMqtt31(String flags) {
        assertThrows(
                MalformedPacketException.class,
                () -> Wire.read("S", "10 LEN <MQIsdp> 03 " + flags + " 003C <a> <will> <gone>"));
    }
}
