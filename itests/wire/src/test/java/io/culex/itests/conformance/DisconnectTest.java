// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Refusals;
import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Disconnect;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class DisconnectTest {
    @Test
    @Spec("MQTT-3.14.1-1")
    @Spec3("MQTT-3.14.1-1")
    void withFlagsIsMalformed(Wire wire) {
        for (int flags : new int[] {1, 2, 8}) {
            Refusals.of(wire, bytes(0xE0 | flags, 0));
            Refusals.ofVersion3(wire, bytes(0xE0 | flags, 0));
        }
    }

    @Test
    @Spec("MQTT-3.14.2-1")
    void withAnotherReasonCodeIsMalformed(Wire wire) {
        Refusals.of(wire, bytes(0xE0, 1, 0x01));
        Refusals.of(wire, bytes(0xE0, 3, 0, 0, 0));
        Refusals.ofVersion3(wire, bytes(0xE0, 1, 0));
    }

    @Test
    @Spec("MQTT-3.14.4-2")
    @Spec3("MQTT-3.14.4-1")
    void makesTheServerClose(Wire wire) {
        for (WireClient client : new WireClient[] {wire.v5("c"), wire.v311("d")}) {
            client.send(Disconnect.NORMAL);
            client.expectClosed();
        }
    }

    @Test
    @Spec({"MQTT-3.14.4-3", "MQTT-3.1.2-10"})
    @Spec3("MQTT-3.14.4-3")
    void dropsTheWill(Wire wire) {
        WireClient watcher = wire.v5("w");
        watcher.subscribe(wire.topic("#"), 0);
        wire.connect(wire.as("c").will(Will.to(wire.topic("w"), "will", 1))).disconnect();
        wire.connect(ProtocolVersion.V311, wire.as("d").will(Will.to(wire.topic("w"), "will", 1)))
                .disconnect();
        watcher.publish(wire.topic("end"), "sentinel", 0);
        watcher.expectPublish("sentinel");
    }

    @Test
    @Spec("MQTT-3.1.2-8")
    void withCode4PublishesTheWill(Wire wire) {
        WireClient watcher = wire.v5("w");
        watcher.subscribe(wire.topic("#"), 0);
        wire.connect(wire.as("c").will(Will.to(wire.topic("w"), "will", 1)))
                .disconnect(new Disconnect(0x04, PropertyList.NONE));
        watcher.expectPublish("will");
    }

    @Test
    @Spec("MQTT-3.14.4-1")
    void makesTheServerIgnoreWhatFollows(Wire wire) {
        WireClient watcher = wire.v5("w");
        watcher.subscribe(wire.topic("#"), 0);
        WireClient client = wire.v5("c");
        client.send(Disconnect.NORMAL, Publish.to(wire.topic("a"), "too late"));
        client.expectEnd();
        watcher.publish(wire.topic("end"), "sentinel", 0);
        watcher.expectPublish("sentinel");
    }

    @Test
    @Spec({"MQTT-3.14.4-1", "MQTT-3.14.4-2", "MQTT-4.13.2-1"})
    void isTheLastPacketOfTheServer(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("a"), 0);
        client.send(
                Publish.to(wire.topic("a"), "x"),
                Publish.to("bad/#", "x"),
                Publish.to(wire.topic("a"), "after the error"));
        client.expectPublish("x");
        client.expectEnd();
    }

    @Test
    @Spec({"MQTT-3.1.2-23", "MQTT-4.1.0-2"})
    void mayEndTheSessionAtOnce(Wire wire) {
        wire.connect(wire.as("c").expiry(60))
                .disconnect(new Disconnect(0, PropertyList.of(PropertyId.SESSION_EXPIRY, 0)));
        assertFalse(wire.open().connect(wire.as("c").resume()).sessionPresent());
    }

    @Test
    @Spec("MQTT-3.1.2-23")
    void mayLengthenTheSession(Wire wire) {
        wire.connect(wire.as("c").expiry(1))
                .disconnect(new Disconnect(0, PropertyList.of(PropertyId.SESSION_EXPIRY, 60)));
        assertTrue(wire.open().connect(wire.as("c").resume()).sessionPresent());
    }

    @Test
    @Spec({"MQTT-4.13.1-1", "MQTT-3.14.2-2"})
    void mayNotGiveASessionToWhoHadNone(Wire wire) {
        WireClient client = wire.v5("c");
        client.send(new Disconnect(0, PropertyList.of(PropertyId.SESSION_EXPIRY, 60)));
        client.expectEnd(0x82);
        assertFalse(wire.open().connect(wire.as("c").resume()).sessionPresent());
    }
}
