// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.local.Authority;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.QueueRules;
import io.culex.api.local.RelaySession;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.core.net.TestBroker;
import io.culex.core.store.MemoryStore;
import io.culex.testkit.Await;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelaySessionsTest {
    private static final QueueRules FIVE = new QueueRules(5, 0, false);

    private MemoryStore store = new MemoryStore();
    private TestBroker broker = start();
    private LocalSessionsService service = new LocalSessionsService(broker.broker());
    private Relay relay = new Relay();

    private TestBroker start() {
        TestBroker started = new TestBroker(2);
        started.seat().bindStore(store);
        try {
            started.take(BrokerSettings.DEFAULTS.with(true), List.of());
        } catch (GenerationRefusedException e) {
            throw new AssertionError(e);
        }
        return started;
    }

    private void crash() {
        MemoryStore after = store.crashed();
        stop();
        store = after;
        broker = start();
        service = new LocalSessionsService(broker.broker());
        relay = new Relay();
    }

    @AfterEach
    void stop() {
        broker.close();
        store.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private RelaySession open(QueueRules rules) {
        return join(service.openRelay(
                new LocalSessionRequest("local.b", new Authority.Bridge("b"), false, 0xFFFF_FFFFL, 10, rules), relay));
    }

    private RelaySession open() {
        return open(FIVE);
    }

    private static void subscribe(RelaySession session, String filter) {
        SubscribeOptions options = new SubscribeOptions(QoS.EXACTLY_ONCE, true, true, 2, 1);
        assertFalse(join(session.subscribe(filter, options)).isFailure());
    }

    private void publish(String text, int qos) {
        join(service.publish(Message.of("t", text).withQos(QoS.of(qos))));
        broker.settle();
    }

    private static void settle(RelaySession session) {
        join(session.unsubscribe("nothing"));
    }

    @Test
    void bothHalvesOfQos2AreTheOtherEndsToAnswer() throws InterruptedException {
        RelaySession session = open();
        subscribe(session, "t");
        publish("m", 2);
        int id = relay.expect("t=m q2");
        session.received(id);
        assertEquals(id, relay.expect("release"));
        assertEquals(1, join(service.backlog("local.b")).inflight());
        session.acknowledged(id, QoS.EXACTLY_ONCE);
        settle(session);
        assertEquals(0, join(service.backlog("local.b")).inflight());
    }

    @Test
    void eachStageComesAgainUnderItsPacketIdentifierAfterACrash() throws InterruptedException {
        RelaySession session = open();
        subscribe(session, "t");
        publish("first", 2);
        publish("second", 2);
        int first = relay.expect("t=first q2");
        int second = relay.expect("t=second q2");
        session.received(first);
        assertEquals(first, relay.expect("release"));
        crash();
        assertEquals(List.of("local.b"), service.ofBridges());
        RelaySession again = open();
        assertTrue(again.sessionPresent());
        assertEquals(first, relay.expect("release"));
        assertEquals(second, relay.expect("dup t=second q2"));
        again.acknowledged(first, QoS.EXACTLY_ONCE);
        again.received(second);
        assertEquals(second, relay.expect("release"));
        again.acknowledged(second, QoS.EXACTLY_ONCE);
        Await.until("the store to hear of it", () -> store.owed("local.b").isEmpty());
    }

    @Test
    void aMessageOfQos2IsNotSeenBeforeItsPacketIdentifierIsKept() throws InterruptedException {
        RelaySession session = open();
        subscribe(session, "t");
        store.hold();
        service.publish(Message.of("t", "m").withQos(QoS.EXACTLY_ONCE));
        service.publish(Message.of("t", "behind").withQos(QoS.AT_LEAST_ONCE));
        Await.until("the messages to be given", () -> store.waiting() > 2);
        join(service.backlog("local.b"));
        assertEquals(0, relay.waiting());
        store.keep();
        relay.expect("t=m q2");
        relay.expect("t=behind q1");
    }

    @Test
    void whatComesTwiceUnderAPacketIdentifierIsPublishedOnceAlsoAfterACrash() throws InterruptedException {
        RelaySession session = open();
        Relay listener = new Relay();
        RelaySession other = join(service.openRelay(
                new LocalSessionRequest("listener", Authority.SYSTEM, false, 1000, 10, null), listener));
        subscribe(other, "in");
        Message message = Message.of("in", "once").withQos(QoS.EXACTLY_ONCE);
        assertEquals(ReasonCode.SUCCESS, join(session.publish(message, 7)));
        assertEquals(ReasonCode.SUCCESS, join(session.publish(message, 7)));
        listener.expect("in=once q2");
        crash();
        RelaySession again = open();
        assertEquals(ReasonCode.SUCCESS, join(again.publish(message, 7)));
        assertEquals(1, store.owed("listener").size());
        assertEquals(ReasonCode.SUCCESS, join(again.release(7)));
        assertEquals(ReasonCode.SUCCESS, join(again.publish(message, 7)));
        assertEquals(2, store.owed("listener").size());
        assertEquals(ReasonCode.SUCCESS, join(again.forgetUnreleased()));
        assertEquals(ReasonCode.SUCCESS, join(again.publish(message, 7)));
        assertEquals(3, store.owed("listener").size());
    }

    @Test
    void theQueueHasLimitsOfItsOwnAndTellsItsDepthAndAge() throws InterruptedException {
        RelaySession session = open();
        subscribe(session, "t");
        session.close();
        settle(session);
        for (int i = 0; i < 7; i++) {
            publish("m" + i, 1);
        }
        publish("lost", 0);
        assertEquals(5, join(service.backlog("local.b")).messages());
        assertEquals(10, join(service.backlog("local.b")).bytes());
        assertEquals(2, join(service.backlog("local.b")).dropped());
        Await.until("the queue to age", () -> join(service.backlog("local.b")).ageMillis() > 0);
        crash();
        publish("m7", 1);
        assertEquals(6, join(service.backlog("local.b")).messages());
        open();
        for (int i = 0; i < 5; i++) {
            relay.expect("t=m" + i + " q1");
        }
        relay.expect("t=m7 q1");
        assertEquals(0, join(service.backlog("local.b")).ageMillis());
    }

    @Test
    void qos0WaitsWhileItIsAwayOnDemand() throws InterruptedException {
        RelaySession session = open(new QueueRules(5, 0, true));
        subscribe(session, "t");
        session.close();
        settle(session);
        publish("kept", 0);
        open(new QueueRules(5, 0, true));
        relay.expect("t=kept q0");
    }

    @Test
    void waitsWhileTheOtherEndTakesNothing() throws InterruptedException {
        RelaySession session = open();
        subscribe(session, "t");
        relay.ready = false;
        publish("waits", 1);
        settle(session);
        assertEquals(0, relay.waiting());
        relay.ready = true;
        session.request(1);
        relay.expect("t=waits q1");
        relay.backlog = 1000;
        publish("dropped", 0);
        relay.backlog = 0;
        publish("sent", 0);
        relay.expect("t=sent q0");
    }

    @Test
    void retainedMessagesComeAgainOnlyWhenTheyChangedMeanwhile() throws InterruptedException {
        retain("r/1", "a");
        retain("r/2", "b");
        RelaySession session = open();
        subscribe(session, "r/#");
        assertEquals(ReasonCode.SUCCESS, join(session.sendRetained(Set.of("r/#"))));
        assertEquals(Set.of("retain r/1=a q0 0", "retain r/2=b q0 0"), Set.of(relay.next(), relay.next()));
        prove(session);
        session.close();
        settle(session);
        retain("r/2", "c");
        RelaySession again = open();
        assertEquals(ReasonCode.SUCCESS, join(again.sendRetained(Set.of())));
        assertEquals("retain r/2=c q0 0", relay.next());
        prove(again);
        again.close();
        settle(again);
        RelaySession third = open();
        assertEquals(ReasonCode.SUCCESS, join(third.sendRetained(Set.of())));
        assertEquals(0, relay.waiting());
    }

    @Test
    void aRetainedMessageThatWasQueuedComesOnce() throws InterruptedException {
        RelaySession session = open();
        subscribe(session, "r/#");
        assertEquals(ReasonCode.SUCCESS, join(session.sendRetained(Set.of())));
        session.close();
        settle(session);
        join(service.publish(Message.of("r/1", "q").withQos(QoS.AT_LEAST_ONCE).withRetain(true)));
        RelaySession again = open();
        relay.expect("retain r/1=q q1");
        assertEquals(ReasonCode.SUCCESS, join(again.sendRetained(Set.of())));
        assertEquals(0, relay.waiting());
        assertEquals(Set.of("r/#"), join(again.subscriptions()).keySet());
    }

    @Test
    void aRetainedMessageDoesNotGoPastAnOlderOneThatWaits() throws InterruptedException {
        RelaySession session = open();
        subscribe(session, "r/#");
        assertEquals(ReasonCode.SUCCESS, join(session.sendRetained(Set.of())));
        session.close();
        settle(session);
        join(service.publish(Message.of("r/1", "old").withQos(QoS.AT_LEAST_ONCE).withRetain(true)));
        retain("r/1", "new");
        relay.ready = false;
        RelaySession again = open();
        CompletionStage<ReasonCode> sent = again.sendRetained(Set.of());
        relay.ready = true;
        again.request(1);
        relay.expect("retain r/1=old q1");
        relay.expect("retain r/1=new q0");
        assertEquals(ReasonCode.SUCCESS, join(sent));
    }

    @Test
    void aRetainedMessageThatMayNotHaveArrivedComesAgain() throws InterruptedException {
        retain("r/1", "a");
        RelaySession session = open();
        subscribe(session, "r/#");
        assertEquals(ReasonCode.SUCCESS, join(session.sendRetained(Set.of("r/#"))));
        assertEquals("retain r/1=a q0 0", relay.next());
        prove(session);
        retain("r/2", "b");
        relay.expect("retain r/2=b q0");
        session.close();
        settle(session);
        RelaySession again = open();
        assertEquals(ReasonCode.SUCCESS, join(again.sendRetained(Set.of())));
        relay.expect("retain r/2=b q0");
        assertEquals(0, relay.waiting());
    }

    @Test
    void aRetainedMessageThatCameOverItDoesNotGoBackAlsoAfterACrash() throws InterruptedException {
        RelaySession session = open();
        subscribe(session, "r/#");
        join(session.publish(Message.of("r/came", "x").withRetain(true), 0));
        crash();
        retain("r/own", "y");
        join(open().sendRetained(Set.of("r/#")));
        assertEquals("retain r/own=y q0 0", relay.next());
        assertEquals(0, relay.waiting());
    }

    /** The other end has what was given to the link so far. */
    private static void prove(RelaySession session) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        session.run(() -> {
            session.retainedThere(session.retainedMark());
            done.complete(null);
        });
        join(done);
    }

    private void retain(String topic, String text) {
        join(service.publish(Message.of(topic, text).withRetain(true)));
        // Another loop gives it to the session, which must not come back before.
        broker.settle();
    }
}
