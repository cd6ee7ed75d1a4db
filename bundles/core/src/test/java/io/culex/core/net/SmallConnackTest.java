// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.Authenticator;
import io.culex.api.config.BrokerSettings;
import io.culex.testkit.Await;
import io.culex.testkit.Connack;
import io.culex.testkit.Connect;
import io.culex.testkit.PropertyId;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.RecordedLog;
import io.culex.testkit.WireClient;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client of MQTT 5 hears that takes small packets only [MQTT-3.1.2-24]. */
class SmallConnackTest {
    /** Without a property. */
    private static final int SMALLEST = 5;

    private final Hall hall = new Hall();

    @AfterEach
    void stop() {
        hall.close();
    }

    private static Connect taking(int bytes) {
        return Connect.as("small").with(PropertyId.MAXIMUM_PACKET_SIZE, bytes);
    }

    private WireClient send(Connect connect) {
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(connect);
        return client;
    }

    private static int size(Connack connack) {
        return connack.encode(ProtocolVersion.V5).length;
    }

    /** How long the CONNACK of a success is. */
    private int usual() {
        WireClient client = hall.open(ProtocolVersion.V5);
        int size = size(client.connect(Connect.as("usual")));
        client.disconnect();
        hall.awaitSessions(0);
        return size;
    }

    @Test
    void whatEveryClientMustKnowIsNotLeftOut() {
        int usual = usual();
        assertEquals(usual, size(send(taking(usual)).expectConnack()));
        WireClient there = hall.connect(ProtocolVersion.V5, Connect.as("small").expiry(60));
        WireClient client = send(taking(usual - 1));
        Connack connack = client.expectConnack();
        assertEquals(0x95, connack.reason());
        assertFalse(connack.sessionPresent());
        assertTrue(size(connack) < usual);
        client.expectClosed();
        there.expectNothing();
    }

    @Test
    void nothingIsSentToWhomEvenTheSmallestIsTooLarge() {
        RecordedLog log = new RecordedLog();
        hall.broker.record(log);
        send(taking(SMALLEST - 1)).expectClosed();
        hall.awaitSessions(0);
        Await.until("the end", () -> log.count("] disconnected: oversize packet.") == 1);
        assertEquals(0, log.count("Sending CONNACK"));
    }

    @Test
    void aRefusalSaysAsMuchAsFits() {
        hall.plugins.bind("login", (Authenticator) request -> CompletableFuture.completedFuture(AuthAnswer.DENY));
        hall.take(BrokerSettings.DEFAULTS, "login");
        Connack whole = send(Connect.as("large")).expectConnack();
        assertTrue(whole.properties().string(PropertyId.REASON_STRING).isPresent());
        assertEquals(whole, send(taking(size(whole))).expectConnack());
        assertEquals(SMALLEST, size(send(taking(size(whole) - 1)).expectConnack()));
        assertEquals(0x87, send(taking(SMALLEST)).expectConnack().reason());
        send(taking(SMALLEST - 1)).expectClosed();
    }

    @Test
    void theNameOfTheBrokerIsLeftOutWhereItDoesNotFit() {
        int usual = usual();
        Map.Entry<String, String> name = Map.entry("x-bridge-id", "there");
        Connect bridge = Connect.as("bridge").with(PropertyId.USER_PROPERTY, name);
        Connack whole = send(bridge).expectConnack();
        assertTrue(whole.properties().has(PropertyId.USER_PROPERTY));
        Connack shorter = send(taking(size(whole) - 1).with(PropertyId.USER_PROPERTY, name))
                .expectConnack();
        assertEquals(0, shorter.reason());
        assertEquals(usual, size(shorter));
    }
}
