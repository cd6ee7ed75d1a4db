// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.local.Authority;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.QueueRules;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.core.net.TestBroker;
import io.culex.core.plugin.TestPlugins;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalPermissionsTest {
    private final TestBroker broker = new TestBroker(2);
    private final LocalSessionsService service = new LocalSessionsService(broker.broker());
    private final TestPlugins plugins = new TestPlugins(broker.registry());
    private final Receiver receiver = new Receiver();

    /** Everyone may do with a topic what its name says. */
    private static final Authorizer BY_NAME = new Authorizer() {
        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            return topic.contains(access.name()) ? Verdict.ALLOW : Verdict.DENY;
        }

        @Override
        public long changes() {
            return 0;
        }
    };

    @BeforeEach
    void start() throws GenerationRefusedException {
        plugins.bind("acl", BY_NAME);
        take("acl");
    }

    private void take(String... needed) throws GenerationRefusedException {
        broker.take(
                BrokerSettings.DEFAULTS,
                List.of(TestBroker.door(0)
                        .with(new ListenerSettings.Access(true, true, "auto-", null, false, List.of(needed)))));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private LocalSession open(Authority authority) {
        LocalSession session = join(service.open(new LocalSessionRequest("local", authority, true, 0, 10), receiver));
        session.request(100);
        return session;
    }

    private static ReasonCode subscribe(LocalSession session, String filter) {
        return join(session.subscribe(filter, SubscribeOptions.of(QoS.AT_LEAST_ONCE)));
    }

    private static ReasonCode publish(LocalSession session, String topic) {
        return join(session.publish(Message.of(topic, "x")));
    }

    @Test
    void aUserIsAskedForEveryPermission() throws InterruptedException {
        LocalSession user = open(new Authority.User(new Subject("bob", "bob", Peer.of("door", null))));
        assertEquals(ReasonCode.NOT_AUTHORIZED, subscribe(user, "t"));
        assertEquals(ReasonCode.GRANTED_QOS_1, subscribe(user, "WRITE SUBSCRIBE"));
        assertEquals(ReasonCode.GRANTED_QOS_1, subscribe(user, "WRITE READ SUBSCRIBE"));
        assertEquals(ReasonCode.NOT_AUTHORIZED, publish(user, "t"));
        assertEquals(ReasonCode.NOT_AUTHORIZED, publish(user, "$SYS/WRITE"));
        assertEquals(ReasonCode.SUCCESS, publish(user, "WRITE SUBSCRIBE"));
        assertEquals(ReasonCode.SUCCESS, publish(user, "WRITE READ SUBSCRIBE"));
        receiver.expect("WRITE READ SUBSCRIBE=x");
        assertEquals(ReasonCode.NOT_AUTHORIZED, join(user.unsubscribe("WRITE SUBSCRIBE")));
        assertEquals(0, receiver.waiting());
    }

    @Test
    void aUserIsToldWhatItMayNotGiveUp() {
        Authority user = new Authority.User(new Subject("bob", "bob", Peer.of("door", null)));
        LocalSessionRequest kept = new LocalSessionRequest("local", user, false, 1_000, 10);
        LocalSession session = join(service.open(kept, receiver));
        subscribe(session, "SUBSCRIBE 1");
        subscribe(session, "SUBSCRIBE UNSUBSCRIBE 2");
        LocalSession next = join(service.open(kept, receiver));
        assertEquals(Map.of("SUBSCRIBE 1", ReasonCode.NOT_AUTHORIZED), join(next.unsubscribeOthers(List.of())));
        assertEquals(Set.of("SUBSCRIBE 1"), join(next.subscriptions()).keySet());
    }

    @Test
    void aUsersSessionHasItsOwnLimits() {
        Authority user = new Authority.User(new Subject("bob", "bob", Peer.of("door", null)));
        LocalSession session = join(service.open(
                new LocalSessionRequest("local", user, true, 0, 10, new QueueRules(2, 0, false)), receiver));
        subscribe(session, "WRITE READ SUBSCRIBE");
        for (int i = 0; i < 3; i++) {
            join(service.publish(Message.of("WRITE READ SUBSCRIBE", "x").withQos(QoS.AT_LEAST_ONCE)));
        }
        broker.settle();
        assertEquals(2, join(service.backlog("local")).messages());
        assertEquals(1, join(service.backlog("local")).dropped());
    }

    @Test
    void theBrokerAndItsBridgesAreNot() throws InterruptedException {
        for (Authority authority : List.of(Authority.SYSTEM, new Authority.Bridge("b"))) {
            LocalSession session = open(authority);
            assertEquals(ReasonCode.GRANTED_QOS_1, subscribe(session, "t"));
            assertEquals(ReasonCode.SUCCESS, publish(session, "t"));
            receiver.expect("t=x");
            assertEquals(ReasonCode.SUCCESS, join(session.unsubscribe("t")));
        }
    }

    @Test
    void aUserWaitsInOrderWhileAPluginIsMissing() throws Exception {
        LocalSession user = open(new Authority.User(new Subject("bob", "bob", Peer.of("door", null))));
        take("acl", "late");
        CompletionStage<ReasonCode> subscribed =
                user.subscribe("WRITE READ SUBSCRIBE", SubscribeOptions.of(QoS.AT_LEAST_ONCE));
        CompletionStage<ReasonCode> published = user.publish(Message.of("WRITE READ SUBSCRIBE", "x"));
        CompletionStage<ReasonCode> denied = user.publish(Message.of("t", "x"));
        assertFalse(denied.toCompletableFuture().isDone());
        plugins.bind("late", BY_NAME);
        assertEquals(ReasonCode.GRANTED_QOS_1, join(subscribed));
        assertEquals(ReasonCode.SUCCESS, join(published));
        assertEquals(ReasonCode.NOT_AUTHORIZED, join(denied));
        receiver.expect("WRITE READ SUBSCRIBE=x");
    }

    @Test
    void whatWaitsEndsWithTheSession() throws Exception {
        LocalSession user = open(new Authority.User(new Subject("bob", "bob", Peer.of("door", null))));
        take("acl", "late");
        CompletionStage<ReasonCode> published = user.publish(Message.of("WRITE", "x"));
        user.close();
        assertEquals(ReasonCode.UNSPECIFIED_ERROR, join(published));
    }

    @Test
    void aUserOfNoListenerMayNothing() {
        LocalSession user = open(new Authority.User(new Subject("bob", "bob", Peer.of("nowhere", null))));
        assertEquals(ReasonCode.NOT_AUTHORIZED, subscribe(user, "SUBSCRIBE"));
        assertEquals(ReasonCode.NOT_AUTHORIZED, publish(user, "WRITE"));
    }
}
