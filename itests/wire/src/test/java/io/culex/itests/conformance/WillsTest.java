// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static io.culex.itests.RawConnect.bytes;
import static io.culex.testkit.ProtocolVersion.V311;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.PropertyId;
import io.culex.testkit.PropertyList;
import io.culex.testkit.Publish;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class WillsTest {
    @Test
    @Spec({"MQTT-3.1.2-7", "MQTT-3.1.2-8", "MQTT-3.1.2-14"})
    @Spec3({"MQTT-3.1.2-8", "MQTT-3.1.2-16"})
    void publishesTheWillWhenTheConnectionBreaks(Wire wire) {
        WireClient watcher = watcher(wire);
        for (int qos = 0; qos <= 2; qos++) {
            wire.connect(wire.as("c").will(Will.to(wire.topic("w"), "v5", qos))).reset();
            Publish publish = watcher.acknowledge(watcher.expectPublish("v5"));
            assertEquals(qos, publish.qos());
            assertFalse(publish.retain());
            wire.connect(V311, wire.as("d").will(Will.to(wire.topic("w"), "v3", qos)))
                    .close();
            assertEquals(qos, watcher.acknowledge(watcher.expectPublish("v3")).qos());
        }
    }

    @Test
    @Spec("MQTT-3.1.2-8")
    void publishesTheWillOfWhoIsSilentTooLong(Wire wire) {
        WireClient watcher = watcher(wire);
        wire.connect(wire.as("c").keepAlive(1).will(Will.to(wire.topic("w"), "silent", 0)));
        watcher.expectPublish("silent");
    }

    @Test
    @Spec("MQTT-3.1.2-8")
    void publishesTheWillOfWhoBreaksTheProtocol(Wire wire) {
        WireClient watcher = watcher(wire);
        WireClient client = wire.connect(wire.as("c").will(Will.to(wire.topic("w"), "broke it", 0)));
        client.sendRaw(0x00, 0x00);
        watcher.expectPublish("broke it");
    }

    @Test
    @Spec("MQTT-3.1.2-10")
    @Spec3("MQTT-3.1.2-10")
    void publishesTheWillOnce(Wire wire) {
        WireClient watcher = watcher(wire);
        wire.connect(wire.as("c").expiry(60).will(Will.to(wire.topic("w"), "once", 0)))
                .reset();
        watcher.expectPublish("once");
        wire.connect(wire.as("c").resume().expiry(60)).reset();
        wire.connect(wire.as("c").resume()).reset();
        watcher.publish(wire.topic("w"), "sentinel", 0);
        watcher.expectPublish("sentinel");
    }

    @Test
    @Spec("MQTT-3.1.2-15")
    @Spec3("MQTT-3.1.2-17")
    void retainsARetainedWill(Wire wire) {
        WireClient watcher = watcher(wire);
        wire.connect(wire.as("c").will(Will.to(wire.topic("w"), "kept", 1).retained()))
                .reset();
        watcher.expectPublish("kept");
        WireClient late = wire.v5("late");
        late.subscribe(wire.topic("w"), 0);
        assertTrue(late.expectPublish("kept").retain());
    }

    @Test
    @Spec("MQTT-3.1.2-14")
    void retainsNoOtherWill(Wire wire) {
        WireClient watcher = watcher(wire);
        wire.connect(wire.as("c").will(Will.to(wire.topic("w"), "passing", 1))).reset();
        watcher.expectPublish("passing");
        WireClient late = wire.v5("late");
        late.subscribe(wire.topic("w"), 0);
        late.expectNothing();
    }

    @Test
    @Spec("MQTT-3.1.3-10")
    void publishesThePropertiesOfTheWill(Wire wire) {
        WireClient watcher = watcher(wire);
        PropertyList properties = PropertyList.of(PropertyId.PAYLOAD_FORMAT, 1)
                .with(PropertyId.MESSAGE_EXPIRY, 100)
                .with(PropertyId.CONTENT_TYPE, "t")
                .with(PropertyId.RESPONSE_TOPIC, "r")
                .with(PropertyId.CORRELATION_DATA, bytes(7))
                .withUser("b", "1")
                .withUser("a", "2");
        wire.connect(wire.as("c").will(Will.to(wire.topic("w"), "w", 1).with(properties)))
                .reset();
        PropertyList got = watcher.expectPublish("w").properties();
        assertEquals(Optional.of(1L), got.number(PropertyId.PAYLOAD_FORMAT));
        assertTrue(got.number(PropertyId.MESSAGE_EXPIRY).orElse(0L) > 90);
        assertEquals(Optional.of("t"), got.string(PropertyId.CONTENT_TYPE));
        assertEquals(Optional.of("r"), got.string(PropertyId.RESPONSE_TOPIC));
        assertArrayEquals(bytes(7), got.binary(PropertyId.CORRELATION_DATA).orElseThrow());
        assertEquals(List.of("b=1", "a=2"), got.user());
    }

    @Test
    @Spec({"MQTT-3.1.2-8", "MQTT-3.1.3-9"})
    void waitsForTheWillDelay(Wire wire) {
        WireClient watcher = watcher(wire);
        Will will = Will.to(wire.topic("w"), "late", 0).with(PropertyId.WILL_DELAY, 2);
        wire.connect(wire.as("c").expiry(60).will(will)).reset();
        watcher.expectSilence(Duration.ofMillis(1000));
        watcher.expectPublish("late");
    }

    @Test
    @Spec("MQTT-3.1.3-9")
    void dropsADelayedWillWhenTheSessionIsTakenUpAgain(Wire wire) {
        WireClient watcher = watcher(wire);
        Will will = Will.to(wire.topic("w"), "late", 0).with(PropertyId.WILL_DELAY, 1);
        wire.connect(wire.as("c").expiry(60).will(will)).reset();
        wire.connect(wire.as("c").resume().expiry(60));
        watcher.expectSilence(Duration.ofMillis(3000));
    }

    @Test
    @Spec("MQTT-3.1.2-8")
    void publishesADelayedWillWhenTheSessionEndsFirst(Wire wire) {
        wire.notMosquitto("waits for the delay when the session expires");
        WireClient watcher = watcher(wire);
        Will will = Will.to(wire.topic("w"), "no session", 0).with(PropertyId.WILL_DELAY, 60);
        wire.connect(wire.as("c").will(will)).reset();
        watcher.expectPublish("no session");
        Will second = Will.to(wire.topic("w"), "expired", 0).with(PropertyId.WILL_DELAY, 60);
        wire.connect(wire.as("d").expiry(1).will(second)).reset();
        watcher.expectPublish("expired");
    }

    @Test
    @Spec({"MQTT-3.1.2-8", "MQTT-3.1.4-3"})
    void publishesADelayedWillWhenACleanStartEndsTheSession(Wire wire) {
        wire.notMosquitto("drops it");
        WireClient watcher = watcher(wire);
        Will will = Will.to(wire.topic("w"), "ended", 0).with(PropertyId.WILL_DELAY, 60);
        wire.connect(wire.as("c").expiry(60).will(will));
        wire.v5("c");
        watcher.expectPublish("ended");
    }

    @Test
    @Spec("MQTT-3.1.3-9")
    void dropsTheDelayedWillOfATakenOverConnection(Wire wire) {
        WireClient watcher = watcher(wire);
        Will will = Will.to(wire.topic("w"), "never", 0).with(PropertyId.WILL_DELAY, 1);
        wire.connect(wire.as("c").expiry(60).will(will));
        wire.connect(wire.as("c").resume().expiry(60));
        watcher.expectSilence(Duration.ofMillis(2500));
    }

    @Test
    @Spec3("MQTT-3.1.2-12")
    void publishesNoWillOfWhoHasNone(Wire wire) {
        WireClient watcher = watcher(wire);
        wire.v311("c").reset();
        watcher.publish(wire.topic("w"), "sentinel", 0);
        watcher.expectPublish("sentinel");
    }

    @Test
    @Spec("MQTT-3.1.2-10")
    void replacesTheWillWithTheNextConnection(Wire wire) {
        WireClient watcher = watcher(wire);
        wire.connect(wire.as("c").expiry(60).will(Will.to(wire.topic("w"), "first", 0)))
                .disconnect();
        wire.connect(wire.as("c").resume().will(Will.to(wire.topic("w"), "second", 0)))
                .reset();
        watcher.expectPublish("second");
    }

    private static WireClient watcher(Wire wire) {
        WireClient watcher = wire.v5("watcher");
        watcher.subscribe(wire.topic("w"), 2);
        return watcher;
    }
}
