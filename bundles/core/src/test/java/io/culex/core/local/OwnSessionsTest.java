// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.core.net.TestBroker;
import io.culex.core.store.MemoryStore;
import io.culex.testkit.Connect;
import io.culex.testkit.Ports;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What belongs to a bridge or to the broker itself is not for clients, whose permissions would not have been asked for. */
class OwnSessionsTest {
    private static final ListenerSettings.Access OPEN =
            new ListenerSettings.Access(true, true, "auto-", null, false, List.of());

    private static final Authority BOB = new Authority.User(new Subject("inside", "bob", Peer.of("door", null)));

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
        open(BOB, 0);
        try (WireClient same = client(ProtocolVersion.V5)) {
            same.connect(Connect.as("inside"));
        }
    }

    private static LocalSession open(TestBroker of, Authority authority, Receiver to) {
        return join(new LocalSessionsService(of.broker())
                .open(new LocalSessionRequest("inside", authority, false, 100, 10), to));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private void expectNothingOf(LocalSession session) {
        assertFalse(session.sessionPresent());
        assertEquals(Map.of(), join(session.subscriptions()));
        session.request(100);
        assertEquals(ReasonCode.NO_SUBSCRIPTION_EXISTED, join(session.unsubscribe("theirs/#")));
        assertEquals(0, receiver.waiting());
        assertEquals(ReasonCode.NO_MATCHING_SUBSCRIBERS, join(service.publish(Message.of("theirs/2", "x"))));
    }

    @Test
    void whatAClientHasLeftIsNotForTheBrokerNorForABridge() {
        for (Authority authority : List.of(Authority.SYSTEM, new Authority.Bridge("b"))) {
            try (WireClient stranger = client(ProtocolVersion.V5)) {
                stranger.connect(Connect.as("inside").resume().expiry(1000));
                stranger.subscribe("theirs/#", 1);
                stranger.disconnect();
            }
            join(service.publish(Message.of("theirs/1", "x").withQos(QoS.AT_LEAST_ONCE)));
            expectNothingOf(open(broker, authority, receiver));
            // It ends with its link, so that the next round begins with a client's.
            open(authority, 0).close();
        }
    }

    @Test
    void whatWaitsForTheBrokerIsNotForAUserInside() {
        LocalSession own = open(broker, Authority.SYSTEM, receiver);
        join(own.subscribe("theirs/#", SubscribeOptions.of(QoS.AT_LEAST_ONCE)));
        own.close();
        join(service.publish(Message.of("theirs/1", "x").withQos(QoS.AT_LEAST_ONCE)));
        expectNothingOf(open(broker, BOB, receiver));
    }

    @Test
    void norIsThatInTheStoreAnyMore() throws GenerationRefusedException {
        BrokerSettings persistent = BrokerSettings.DEFAULTS.with(true);
        try (MemoryStore store = new MemoryStore();
                TestBroker first = new TestBroker(2)) {
            first.seat().bindStore(store);
            first.take(persistent, List.of(TestBroker.door(0).with(OPEN)));
            LocalSession theirs = open(first, BOB, receiver);
            join(theirs.subscribe("theirs/#", SubscribeOptions.of(QoS.AT_LEAST_ONCE)));
            join(theirs.publish(Message.of("theirs/1", "x").withQos(QoS.AT_LEAST_ONCE)));
            assertEquals(1, store.owed("inside").size());
            LocalSession own = open(first, Authority.SYSTEM, receiver);
            join(own.subscribe("own", SubscribeOptions.of(QoS.AT_LEAST_ONCE)));
            assertEquals(List.of(), store.owed("inside"));
            assertEquals(List.of("inside"), store.clients());
            try (MemoryStore after = store.crashed();
                    TestBroker second = new TestBroker(2)) {
                second.seat().bindStore(after);
                second.take(persistent, List.of(TestBroker.door(0).with(OPEN)));
                LocalSession again = open(second, Authority.SYSTEM, receiver);
                assertTrue(again.sessionPresent());
                assertEquals(Set.of("own"), join(again.subscriptions()).keySet());
            }
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
