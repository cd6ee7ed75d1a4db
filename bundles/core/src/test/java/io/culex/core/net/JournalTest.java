// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.Authenticator;
import io.culex.api.config.BrokerSettings;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Counter;
import io.culex.testkit.Ack;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.RecordedLog;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of one client, as scripts that read Mosquitto's expect them. */
class JournalTest {
    private final Hall hall = new Hall();
    private final RecordedLog log = new RecordedLog();

    @BeforeEach
    void start() {
        hall.broker.record(log);
    }

    @AfterEach
    void stop() {
        hall.close();
    }

    /** Without addresses, once the connection is over. */
    private List<String> lines() {
        Await.until("the end", () -> log.count("disconnected") == 1);
        return log.lines().stream()
                .map(line -> line.replaceAll("127\\.0\\.0\\.1:\\d+", "peer").replaceAll("on port \\d+", "on port"))
                .toList();
    }

    @Test
    void everyPacketIsThereWithItsAnswerInTheirOrder() {
        WireClient client = hall.connect(ProtocolVersion.V311, Connect.as("c"));
        client.subscribe("a", 1);
        client.unsubscribe("a", "b");
        client.send(new Ping(PacketType.PINGREQ));
        assertEquals(PacketType.PINGRESP, client.receive().type());
        client.send(Ack.pubrel(9));
        client.expectAck(PacketType.PUBCOMP, 9);
        client.disconnect();
        assertEquals(
                List.of(
                        "NOTICE New connection from peer on port.",
                        "NOTICE New client connected from peer as c (p4, c1, k0).",
                        "DEBUG No will message specified.",
                        "DEBUG Sending CONNACK to c (0, 0)",
                        "DEBUG Received SUBSCRIBE from c",
                        "DEBUG \ta (QoS 1)",
                        "SUBSCRIBE c 1 a",
                        "DEBUG Sending SUBACK to c",
                        "DEBUG Received UNSUBSCRIBE from c",
                        "DEBUG \ta",
                        "UNSUBSCRIBE c a",
                        "DEBUG \tb",
                        "UNSUBSCRIBE c b",
                        "DEBUG Sending UNSUBACK to c",
                        "DEBUG Received PINGREQ from c",
                        "DEBUG Sending PINGRESP to c",
                        "DEBUG Received PUBREL from c (Mid: 9, RC:0)",
                        "DEBUG Sending PUBCOMP to c (m9, rc0)",
                        "DEBUG Received DISCONNECT from c",
                        "NOTICE Client c [peer] disconnected."),
                lines());
    }

    @Test
    void aClientOfMqtt5IsToldThatAnIdentifierIsNotKnown() {
        WireClient client = hall.connect("c");
        client.send(Ack.pubrel(9));
        client.expectAck(PacketType.PUBCOMP, 9);
        assertEquals(1, log.count("Sending PUBCOMP to c (m9, rc146)"));
    }

    @Test
    void aWillIsDescribed() {
        hall.connect(ProtocolVersion.V311, Connect.as("c").will(Will.to("w/t", "bye", 1)));
        assertEquals(
                List.of("DEBUG Will message specified (3 bytes) (r0, q1).", "DEBUG \tw/t"),
                log.lines().subList(2, 4));
    }

    @Test
    void whoIsRefusedForWantOfANameIsUnknown() {
        WireClient client = hall.open(ProtocolVersion.V311);
        client.send(Connect.as("").resume());
        client.expectEnd();
        assertEquals(
                List.of(
                        "NOTICE New connection from peer on port.",
                        "DEBUG Sending CONNACK to <unknown> (0, 2)",
                        "NOTICE Client <unknown> [peer] disconnected: client identifier not valid."),
                lines());
    }

    private void refuse(AuthAnswer answer) {
        hall.plugins.bind("login", (Authenticator) request -> CompletableFuture.completedFuture(answer));
        hall.take(BrokerSettings.DEFAULTS, "login");
        WireClient client = hall.open(ProtocolVersion.V311);
        client.send(Connect.as("c"));
        client.expectEnd();
    }

    @Test
    void thePluginsReasonForARefusalStandsBeforeIt() {
        refuse(new AuthAnswer.Deny(ReasonCode.SERVER_UNAVAILABLE, "the realm is too slow"));
        assertEquals(
                List.of(
                        "NOTICE New connection from peer on port.",
                        "NOTICE Client c [peer] refused by login: the realm is too slow",
                        "DEBUG Sending CONNACK to c (0, 3)",
                        "NOTICE Client c [peer] disconnected: server unavailable."),
                lines());
    }

    @Test
    void aRefusalWithoutAReasonHasTheLinesOfMosquittoAlone() {
        refuse(AuthAnswer.DENY);
        assertEquals(
                List.of(
                        "NOTICE New connection from peer on port.",
                        "DEBUG Sending CONNACK to c (0, 5)",
                        "NOTICE Client c [peer] disconnected: not authorised."),
                lines());
    }

    @Test
    void aPluginThatSaysTheWordsOfAFailureHasNotFailed() {
        refuse(new AuthAnswer.Deny(ReasonCode.NOT_AUTHORIZED, "a plugin failed"));
        assertEquals(1, hall.services().loops().sum(Counter.AUTH_FAIL));
        assertEquals(0, hall.services().loops().sum(Counter.AUTH_ERROR));
    }

    @Test
    void aResetIsTheClientsDoing() {
        hall.connect("c").reset();
        assertEquals("NOTICE Client c [peer] disconnected: connection closed by client.", lines().get(4));
    }

    @ParameterizedTest
    @CsvSource({
        "recvAddress(..) failed with error(-104): Connection reset by peer, connection closed by client",
        "Connection reset, connection closed by client",
        "writevAddresses(..) failed with error(-32): Broken pipe, Broken pipe",
        "not an SSL record (17 bytes): 3c, not an SSL record (17 bytes): 3c",
    })
    void ofWhatTheNetworkSaysOnlyTheReasonIsLeft(String said, String words) {
        assertEquals(words, Goodbye.of(new IOException(said)));
    }
}
