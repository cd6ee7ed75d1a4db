// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.local.Authority;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import io.culex.core.net.TestBroker;
import io.culex.testkit.Connect;
import io.culex.testkit.Ports;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What belongs to a bridge or to the broker itself is not for clients, whose permissions would not have been asked for. */
class OwnSessionsTest {
    private static final ListenerSettings.Access OPEN =
            new ListenerSettings.Access(true, true, "auto-", null, false, List.of());

    private final TestBroker broker = new TestBroker(2);
    private final LocalSessionsService service = new LocalSessionsService(broker.broker());
    private final Receiver receiver = new Receiver();

    @BeforeEach
    void start() throws GenerationRefusedException {
        broker.take(BrokerSettings.DEFAULTS, List.of(TestBroker.door(0).with(OPEN)));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private LocalSession open(Authority authority, long expirySeconds) {
        LocalSession session = service.open(
                        new LocalSessionRequest("inside", authority, false, expirySeconds, 10), receiver)
                .toCompletableFuture()
                .join();
        session.request(100);
        session.subscribe("secret/#", SubscribeOptions.of(QoS.AT_LEAST_ONCE))
                .toCompletableFuture()
                .join();
        return session;
    }

    private WireClient client(ProtocolVersion version) {
        return WireClient.open(Ports.local(broker.port()), version);
    }

    private void expectRefusal(ProtocolVersion version, int code) {
        try (WireClient stranger = client(version)) {
            stranger.send(Connect.as("inside"));
            assertEquals(code, stranger.expectConnack().reason());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ProtocolVersion.class,
            names = {"V311", "V5"})
    void aClientMayNotTakeOverASessionOfTheBroker(ProtocolVersion version) throws InterruptedException {
        open(new Authority.Broker(), 0);
        expectRefusal(version, version == ProtocolVersion.V5 ? 0x85 : 2);
        publishAndExpect();
        assertTrue(receiver.ends.isEmpty(), "the session goes on");
    }

    @Test
    void aClientMayNotTakeOverASessionOfABridge() throws InterruptedException {
        open(new Authority.Bridge("b"), 0);
        expectRefusal(ProtocolVersion.V5, 0x85);
        publishAndExpect();
        assertTrue(receiver.ends.isEmpty(), "the session goes on");
    }

    @Test
    void norOneThatIsNotThereAtTheMoment() throws InterruptedException {
        open(new Authority.Bridge("b"), 100).close();
        expectRefusal(ProtocolVersion.V5, 0x85);
        try (WireClient other = client(ProtocolVersion.V5)) {
            other.connect(Connect.as("other"));
            other.publish("secret/1", "for the bridge", 1);
        }
        open(new Authority.Bridge("b"), 0);
        receiver.expect("secret/1=for the bridge");
    }

    @Test
    void aSessionOfAUserInsideIsAsThatOfAnyClient() {
        open(new Authority.User(new Subject("inside", "bob", Peer.of("door", null))), 0);
        try (WireClient same = client(ProtocolVersion.V5)) {
            same.connect(Connect.as("inside"));
        }
    }

    private void publishAndExpect() throws InterruptedException {
        try (WireClient other = client(ProtocolVersion.V5)) {
            other.connect(Connect.as("other"));
            other.publish("secret/1", "x", 1);
            receiver.expect("secret/1=x");
        }
    }
}
