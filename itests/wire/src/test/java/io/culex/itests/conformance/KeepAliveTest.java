// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Setup;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Uses;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.PropertyId;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class KeepAliveTest {
    @Test
    @Spec({"MQTT-3.1.2-22", "MQTT-3.2.2-22"})
    void closesAfterOneAndAHalfTimesTheInterval(Wire wire) {
        WireClient client = wire.connect(wire.as("c").keepAlive(2));
        client.expectSilence(Duration.ofMillis(2000));
        client.expectEnd(0x8D);
    }

    @Test
    @Spec3("MQTT-3.1.2-24")
    void closesOnVersion311Too(Wire wire) {
        WireClient client = wire.connect(ProtocolVersion.V311, wire.as("c").keepAlive(1));
        client.expectClosed();
    }

    @Test
    @Spec("MQTT-3.1.2-22")
    void countsEveryPacketAsASignOfLife(Wire wire) {
        WireClient client = wire.connect(wire.as("c").keepAlive(2));
        for (int i = 0; i < 4; i++) {
            client.expectSilence(Duration.ofMillis(1200));
            if (i % 2 == 0) {
                client.send(Publish.to(wire.topic("a"), "x"));
            } else {
                client.send(new Ping(PacketType.PINGREQ));
                assertTrue(client.receive() instanceof Ping);
            }
        }
    }

    @Test
    @Spec("MQTT-3.1.2-22")
    void doesNotCountWhatTheServerSends(Wire wire) {
        WireClient client = wire.connect(wire.as("c").keepAlive(1));
        client.subscribe(wire.topic("a"), 0);
        WireClient publisher = wire.v5("p");
        long end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
        boolean closed = false;
        while (!closed && System.nanoTime() < end) {
            publisher.publish(wire.topic("a"), "x", 1);
            publisher.expectSilence(Duration.ofMillis(200));
            closed = endsAfterPublishes(client);
        }
        assertTrue(closed);
    }

    @Test
    @Spec("MQTT-3.1.2-22")
    void neverClosesWithInterval0(Wire wire) {
        WireClient client = wire.connect(wire.as("c").keepAlive(0));
        client.expectSilence(Duration.ofSeconds(4));
        client.expectNothing();
    }

    @Test
    @Uses(Setup.LIMITED)
    @Spec("MQTT-3.2.2-22")
    void usesTheIntervalOfTheClientWhenItIsShortEnough(Wire wire) {
        WireClient client = wire.open();
        assertFalse(client.connect(wire.as("c").keepAlive(1)).properties().has(PropertyId.SERVER_KEEP_ALIVE));
        client.expectEnd(0x8D);
    }

    @Test
    @Uses(Setup.LIMITED)
    @Spec3("MQTT-3.1.2-24")
    void refusesVersion311WithALongerIntervalThanAllowed(Wire wire) {
        wire.notMosquitto("leaves the connection open for a while");
        WireClient client = wire.open(ProtocolVersion.V311);
        client.send(wire.as("c").keepAlive(60));
        client.expectEnd(2);
    }

    private static boolean endsAfterPublishes(WireClient client) {
        try {
            return !(client.receive(Duration.ofMillis(300)) instanceof Publish);
        } catch (AssertionError end) {
            return true;
        }
    }
}
