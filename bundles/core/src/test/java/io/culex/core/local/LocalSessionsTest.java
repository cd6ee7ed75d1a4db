// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.local.Authority;
import io.culex.api.local.Delivery;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.core.admin.BrokerAdminService;
import io.culex.core.net.TestBroker;
import io.culex.core.session.Session;
import io.culex.testkit.Await;
import io.culex.transport.Doors;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalSessionsTest {
    private final TestBroker broker = new TestBroker(2);
    private final LocalSessionsService service = new LocalSessionsService(broker.broker());
    private final Receiver receiver = new Receiver();

    @BeforeEach
    void start() throws GenerationRefusedException {
        broker.take(BrokerSettings.DEFAULTS, List.of());
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private LocalSession open(LocalSessionRequest request) {
        return join(service.open(request, receiver));
    }

    private static LocalSessionRequest durable(int receiveMaximum) {
        return new LocalSessionRequest("local", Authority.SYSTEM, false, 1_000, receiveMaximum);
    }

    private static ReasonCode subscribe(LocalSession session, String filter) {
        return join(session.subscribe(filter, SubscribeOptions.of(QoS.EXACTLY_ONCE)));
    }

    private void publish(int from, int to, QoS qos) {
        for (int i = from; i <= to; i++) {
            assertEquals(
                    ReasonCode.SUCCESS,
                    join(service.publish(Message.of("t", "m" + i).withQos(qos))));
        }
    }

    private Session local() {
        return Objects.requireNonNull(broker.broker().services().directory().find("local"));
    }

    /** Everything that was under way on the session's loop has been done. */
    private static void settle(LocalSession session) {
        join(session.unsubscribe("nothing"));
    }

    @Test
    void deliversAsMuchAsItHasCreditFor() throws InterruptedException {
        LocalSession session = open(LocalSessionRequest.system("local"));
        assertEquals(ReasonCode.GRANTED_QOS_2, subscribe(session, "t"));
        publish(1, 5, QoS.AT_LEAST_ONCE);
        settle(session);
        assertEquals(0, receiver.waiting());
        session.request(2);
        receiver.expect("t=m1");
        receiver.expect("t=m2");
        settle(session);
        assertEquals(0, receiver.waiting());
        session.request(Long.MAX_VALUE);
        session.request(Long.MAX_VALUE);
        receiver.expect("t=m3");
        publish(6, 6, QoS.AT_MOST_ONCE);
        receiver.expect("t=m4");
        receiver.expect("t=m5");
        receiver.expect("t=m6").done();
    }

    @Test
    void doneFreesThePlaceInTheWindowOnce() throws InterruptedException {
        LocalSession session = open(durable(2));
        subscribe(session, "t");
        session.request(100);
        publish(1, 3, QoS.AT_LEAST_ONCE);
        publish(4, 4, QoS.EXACTLY_ONCE);
        Delivery first = receiver.expect("t=m1");
        Delivery second = receiver.expect("t=m2");
        settle(session);
        assertEquals(0, receiver.waiting());
        first.done();
        first.done();
        Delivery third = receiver.expect("t=m3");
        settle(session);
        assertEquals(0, receiver.waiting());
        second.done();
        receiver.expect("t=m4").done();
        third.done();
        settle(session);
        assertEquals(0, local().outbox().inflight());
    }

    @Test
    void aDurableSessionIsResumedWithWhatWasNotDoneInOrder() throws InterruptedException {
        LocalSession first = open(durable(2));
        assertFalse(first.sessionPresent());
        subscribe(first, "t");
        first.request(2);
        publish(1, 3, QoS.AT_LEAST_ONCE);
        Delivery old = receiver.expect("t=m1");
        receiver.expect("t=m2");
        first.close();
        settle(first);
        assertEquals(List.of(ReasonCode.SUCCESS), receiver.ends);
        publish(4, 4, QoS.AT_LEAST_ONCE);
        old.done();
        List<Boolean> present = new ArrayList<>();
        join(service.open(durable(2), receiver).thenAccept(session -> {
            session.request(100);
            present.add(session.sessionPresent());
        }));
        assertEquals(List.of(true), present);
        receiver.expect("dup t=m1").done();
        receiver.expect("dup t=m2").done();
        receiver.expect("t=m3").done();
        receiver.expect("t=m4").done();
        assertEquals(0, receiver.waiting());
    }

    @Test
    void creditGivenInTheCompletionComesAfterWhatIsSentAgain() throws InterruptedException {
        LocalSession first = open(durable(65_535));
        subscribe(first, "t");
        first.request(1);
        publish(1, 3, QoS.AT_LEAST_ONCE);
        receiver.expect("t=m1");
        first.close();
        settle(first);
        // On the session's loop, so that the callback stands before the completion.
        local().home().execute(() -> service.open(durable(65_535), receiver).thenAccept(again -> again.request(100)));
        receiver.expect("dup t=m1");
        receiver.expect("t=m2");
        receiver.expect("t=m3");
        settle(first);
        assertEquals(0, receiver.waiting());
    }

    @Test
    void noLocalAndRetainAsPublishedHold() throws InterruptedException {
        LocalSession session = open(LocalSessionRequest.system("local"));
        SubscribeOptions options = new SubscribeOptions(QoS.AT_LEAST_ONCE, true, true, 2, 7);
        assertEquals(ReasonCode.GRANTED_QOS_1, join(session.subscribe("t", options)));
        session.request(10);
        join(session.publish(Message.of("t", "own")));
        join(service.publish(Message.of("t", "other").withRetain(true)));
        assertEquals(List.of(7), receiver.expect("retain t=other").subscriptionIdentifiers());
        LocalSession late = open(LocalSessionRequest.system("late"));
        late.request(10);
        subscribe(late, "t");
        receiver.expect("retain t=other");
    }

    @Test
    void tellsWhetherAnybodyListens() {
        LocalSession session = open(LocalSessionRequest.system("local"));
        assertEquals(ReasonCode.NO_MATCHING_SUBSCRIBERS, join(session.publish(Message.of("t", "x"))));
        assertEquals(ReasonCode.NO_MATCHING_SUBSCRIBERS, join(service.publish(Message.of("t", "x"))));
        subscribe(session, "t");
        assertEquals(ReasonCode.SUCCESS, join(session.publish(Message.of("t", "x"))));
        assertEquals(ReasonCode.SUCCESS, join(session.unsubscribe("t")));
        assertEquals(ReasonCode.NO_SUBSCRIPTION_EXISTED, join(session.unsubscribe("t")));
        assertEquals(ReasonCode.TOPIC_FILTER_INVALID, subscribe(session, "a/#/b"));
    }

    @Test
    void tellsItsSubscriptionsAsTheyWereAskedFor() {
        LocalSession session = open(durable(10));
        assertEquals(Map.of(), join(session.subscriptions()));
        subscribe(session, "$share/g/a/+");
        subscribe(session, "t");
        join(session.unsubscribe("t"));
        LocalSession next = open(durable(10));
        assertEquals(Map.of("$share/g/a/+", SubscribeOptions.of(QoS.EXACTLY_ONCE)), join(next.subscriptions()));
    }

    @Test
    void givesUpWhatItsOwnerDoesNotNameAnyMore() {
        subscribe(open(durable(10)), "old");
        LocalSession next = open(durable(10));
        subscribe(next, "new");
        assertEquals(Map.of(), join(next.unsubscribeOthers(List.of("new", "never"))));
        assertEquals(Map.of("new", SubscribeOptions.of(QoS.EXACTLY_ONCE)), join(next.subscriptions()));
    }

    @Test
    void onlyTheBrokerItselfPublishesUnderSys() {
        LocalSession system = open(LocalSessionRequest.system("local"));
        LocalSession bridge = open(new LocalSessionRequest("bridge", new Authority.Bridge("b"), true, 0, 10));
        subscribe(system, "$SYS/#");
        assertEquals(ReasonCode.SUCCESS, join(system.publish(Message.of("$SYS/broker/x", "1"))));
        assertEquals(ReasonCode.NOT_AUTHORIZED, join(bridge.publish(Message.of("$SYS/broker/x", "1"))));
        assertEquals(ReasonCode.SUCCESS, join(bridge.publish(Message.of("$SYS/broker/connection/b/state", "1"))));
    }

    @Test
    void anotherSessionOfTheNameTakesItOver() throws InterruptedException {
        LocalSession first = open(durable(10));
        subscribe(first, "t");
        first.request(10);
        Receiver second = new Receiver();
        LocalSession next = join(service.open(durable(10), second));
        assertTrue(next.sessionPresent());
        assertEquals(List.of(ReasonCode.SESSION_TAKEN_OVER), receiver.ends);
        first.close();
        first.request(10);
        assertEquals(ReasonCode.UNSPECIFIED_ERROR, join(first.publish(Message.of("t", "late"))));
        next.request(10);
        publish(1, 1, QoS.AT_LEAST_ONCE);
        second.expect("t=m1");
        assertEquals(0, receiver.waiting());
        assertEquals(List.of(), second.ends);
    }

    @Test
    void aLinkThatWasReplacedChangesNoSubscription() {
        LocalSession first = open(durable(10));
        join(service.open(durable(10), new Receiver()));
        assertEquals(ReasonCode.UNSPECIFIED_ERROR, subscribe(first, "t"));
        assertEquals(ReasonCode.UNSPECIFIED_ERROR, join(first.unsubscribe("t")));
        assertEquals(0, broker.broker().services().router().tree().count());
    }

    @Test
    void closeEndsASessionThatIsNotKept() {
        LocalSession session = open(LocalSessionRequest.system("local"));
        subscribe(session, "t");
        session.close();
        session.close();
        settle(session);
        assertEquals(List.of(ReasonCode.SUCCESS), receiver.ends);
        assertEquals(0, broker.broker().services().directory().size());
        assertEquals(0, broker.broker().services().router().tree().count());
    }

    @Test
    void anOperatorMayEndItsLink() {
        LocalSession session = open(durable(10));
        Doors doors = (Doors) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Doors.class}, (p, method, args) -> 0);
        BrokerAdminService admin = new BrokerAdminService(broker.broker(), doors);
        assertTrue(join(admin.disconnect("local", ReasonCode.ADMINISTRATIVE_ACTION)));
        settle(session);
        assertEquals(List.of(ReasonCode.ADMINISTRATIVE_ACTION), receiver.ends);
        assertFalse(join(admin.sessions()).get(0).connected());
        assertFalse(join(admin.disconnect("local", ReasonCode.ADMINISTRATIVE_ACTION)));
    }

    @Test
    void aReceiverThatFailsHarmsNobody() throws InterruptedException {
        LocalSession bad = join(service.open(LocalSessionRequest.system("bad"), delivery -> {
            throw new IllegalStateException("a receiver of the test fails");
        }));
        subscribe(bad, "t");
        bad.request(10);
        // One on each loop: what a bundle that is exchanged throws is no exception.
        for (int i = 0; i < 8; i++) {
            LocalSession worse = join(service.open(LocalSessionRequest.system("worse" + i), delivery -> {
                throw new NoClassDefFoundError("of a bundle that is exchanged");
            }));
            subscribe(worse, "t");
            worse.request(10);
        }
        LocalSession good = open(LocalSessionRequest.system("local"));
        subscribe(good, "t");
        good.request(10);
        publish(1, 2, QoS.AT_LEAST_ONCE);
        receiver.expect("t=m1");
        receiver.expect("t=m2");
    }

    @Test
    void oneTopicKeepsItsOrderWhoeverPublishes() throws InterruptedException {
        LocalSession session = open(LocalSessionRequest.system("local"));
        subscribe(session, "t");
        session.request(100_000);
        for (int i = 0; i < 2_000; i++) {
            service.publish(Message.of("t", "m" + i).withQos(QoS.AT_LEAST_ONCE));
        }
        for (int i = 0; i < 2_000; i++) {
            receiver.expect("t=m" + i).done();
        }
        Await.until("an empty window", () -> receiver.waiting() == 0);
    }
}
