// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Refusals;
import io.culex.itests.Spec;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Auth;
import io.culex.testkit.Connack;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.WireClient;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class AuthTest {
    private static final PropertyList METHOD = PropertyList.of(PropertyId.AUTH_METHOD, "no-such-method");

    @Test
    @Spec({"MQTT-4.12.0-1", "MQTT-4.12.0-4", "MQTT-4.13.2-1"})
    void refusesAMethodNoOneOffers(Wire wire) {
        WireClient client = wire.open();
        client.send(wire.as("c").with(METHOD).with(PropertyId.AUTH_DATA, bytes(1, 2)));
        assertTrue(Set.of(-1, 0x8C, 0x87).contains(client.expectEnd()));
    }

    @Test
    @Spec("MQTT-4.12.0-6")
    void saysNothingOfAuthenticationToWhoDidNotAsk(Wire wire) {
        WireClient client = wire.open();
        Connack connack = client.connect(wire.as("c").user("u").password("p"));
        assertFalse(connack.properties().has(PropertyId.AUTH_METHOD));
        assertFalse(connack.properties().has(PropertyId.AUTH_DATA));
        client.expectNothing();
    }

    @Test
    @Spec({"MQTT-4.12.0-7", "MQTT-4.12.1-1", "MQTT-4.12.1-2"})
    void closesOnAuthWithoutMethodInConnect(Wire wire) {
        Refusals.of(wire, new Auth(0x19, METHOD), 0x8C);
        Refusals.of(wire, new Auth(0x18, METHOD), 0x8C);
    }

    @Test
    @Spec({"MQTT-3.15.1-1", "MQTT-3.15.2-1"})
    void refusesAMalformedAuth(Wire wire) {
        Refusals.of(wire, bytes(0xF1, 0));
        Refusals.of(wire, bytes(0xF8, 2, 0x18, 0));
        Refusals.of(wire, new Auth(0x01, METHOD));
        Refusals.of(wire, bytes(0xF0, 2, 0x18, 0));
    }

    @Test
    @Spec("MQTT-3.1.0-1")
    void closesWhenAuthIsTheFirstPacket(Wire wire) {
        WireClient client = wire.open();
        client.send(new Auth(0x18, METHOD));
        client.expectClosed();
    }

    @Test
    @Spec("MQTT-2.1.3-1")
    void isNoPacketOfVersion3(Wire wire) {
        Refusals.ofVersion3(wire, bytes(0xF0, 0));
        Refusals.ofVersion3(wire, bytes(0xF0, 2, 0x18, 0));
    }
}
