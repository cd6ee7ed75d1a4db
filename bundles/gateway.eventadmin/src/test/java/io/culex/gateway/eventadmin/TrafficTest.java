// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.local.Delivery;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessions;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.log.BrokerLog;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class TrafficTest implements Timer, EventAdmin {
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final List<LocalReceiver> receivers = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<Runnable> later = new ArrayList<>();
    private final List<Integer> retainHandling = new ArrayList<>();
    private final CountDownLatch inHand = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<String> changes = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<ReasonCode> unsubscribed = new CompletableFuture<>();
    private final List<Inward> open = new ArrayList<>();
    private Map<String, SubscribeOptions> kept = Map.of();
    private boolean refuses;
    private boolean hasTwin;
    private long now;

    @AfterEach
    void close() {
        open.forEach(Inward::close);
    }

    private Traffic traffic(boolean durable) {
        Settings settings =
                new Settings("g", List.of("a/#"), List.of(), "mqtt/", "events/", QoS.AT_LEAST_ONCE, durable);
        Inward inward = new Inward(settings, this);
        open.add(inward);
        BrokerLog log = proxy(BrokerLog.class, (proxy, method, arguments) -> lines.add((String) arguments[1]));
        BundleContext context = proxy(BundleContext.class, (proxy, method, arguments) -> null);
        LocalSessions sessions = proxy(LocalSessions.class, (proxy, method, arguments) -> {
            receivers.add((LocalReceiver) arguments[1]);
            return refuses
                    ? CompletableFuture.failedFuture(new IllegalStateException("no room"))
                    : CompletableFuture.completedFuture(session());
        });
        Traffic.Surroundings around = new Traffic.Surroundings(context, sessions, log, this, () -> hasTwin);
        return new Traffic(settings, around, inward, new Outward(settings));
    }

    private LocalSession session() {
        return proxy(LocalSession.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "sessionPresent" -> {
                    return !kept.isEmpty();
                }
                case "subscriptions" -> {
                    return CompletableFuture.completedFuture(kept);
                }
                case "unsubscribe" -> {
                    changes.add("unsubscribe " + arguments[0]);
                    return unsubscribed;
                }
                case "subscribe" -> {
                    retainHandling.add(((SubscribeOptions) arguments[1]).retainHandling());
                    changes.add("subscribe " + arguments[0]);
                    return CompletableFuture.completedFuture(ReasonCode.GRANTED_QOS_1);
                }
                case "unsubscribeOthers" -> {
                    return InvocationHandler.invokeDefault(proxy, method, arguments);
                }
                case "request" -> changes.add("request");
                case "close" -> calls.add("close");
                default -> throw new AssertionError(method.getName());
            }
            return null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    private Delivery delivery(String topic) {
        return proxy(Delivery.class, (proxy, method, arguments) -> {
            if (method.getName().equals("message")) {
                return Message.of(topic, "x");
            }
            calls.add("done " + topic);
            return null;
        });
    }

    /** Ends the session that was opened last, as an operator does. */
    private void kick() {
        receivers.get(receivers.size() - 1).closed(ReasonCode.ADMINISTRATIVE_ACTION);
    }

    private void pass(long millis) {
        now += millis;
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void opensItsSessionAgainAfterAPauseThatGrows() {
        Traffic traffic = traffic(false);
        traffic.begin();
        for (int i = 0; i < 8; i++) {
            kick();
            assertEquals(i + 1, receivers.size());
            pass(0);
            assertEquals(i + 2, receivers.size());
        }
        assertEquals(List.of(1000L, 2000L, 4000L, 8000L, 16_000L, 32_000L, 60_000L, 60_000L), pauses);
        now += 60_000;
        kick();
        assertEquals(1000, pauses.get(8));
        traffic.end();
        pass(0);
        assertEquals(9, receivers.size());
    }

    @Test
    void triesAgainWhenItsSessionIsRefusedAndNotWhenTheBrokerStops() {
        Traffic traffic = traffic(false);
        refuses = true;
        traffic.begin();
        refuses = false;
        pass(1000);
        assertEquals(2, receivers.size());
        receivers.get(1).closed(ReasonCode.SERVER_SHUTTING_DOWN);
        assertEquals(1, pauses.size());
    }

    @Test
    void leavesItsSessionToItsTwinUntilThatIsGone() {
        Traffic traffic = traffic(false);
        traffic.begin();
        hasTwin = true;
        receivers.get(0).closed(ReasonCode.SESSION_TAKEN_OVER);
        pass(1000);
        pass(1000);
        assertEquals(1, receivers.size());
        hasTwin = false;
        pass(1000);
        assertEquals(2, receivers.size());
        assertEquals(List.of(1000L, 1000L, 1000L), pauses);
    }

    @Test
    void takesItsSessionBackFromWhoIsNoTwin() {
        traffic(false).begin();
        receivers.get(0).closed(ReasonCode.SESSION_TAKEN_OVER);
        pass(1000);
        assertEquals(2, receivers.size());
    }

    @Test
    void whatEndsWhileItsTwinHasTheSessionLooksForNoneAnyMore() {
        Traffic traffic = traffic(false);
        traffic.begin();
        hasTwin = true;
        receivers.get(0).closed(ReasonCode.SESSION_TAKEN_OVER);
        traffic.end();
        pass(1000);
        assertEquals(1, receivers.size());
        assertEquals(List.of(1000L), pauses);
    }

    @Test
    void retainedMessagesAreEventsOncePerSubscription() {
        traffic(true).begin();
        assertEquals(List.of(1), retainHandling);
    }

    @Test
    void whatItDoesNotNameAnyMoreIsGivenUpBeforeAnythingComes() {
        SubscribeOptions options = SubscribeOptions.of(QoS.AT_LEAST_ONCE);
        kept = Map.of("a/#", options, "old/#", options);
        traffic(true).begin();
        assertEquals(List.of("unsubscribe old/#"), changes);
        unsubscribed.complete(ReasonCode.SUCCESS);
        assertEquals(List.of("unsubscribe old/#", "request", "subscribe a/#"), changes);
    }

    @Test
    void aSessionThatEndsMeanwhileIsAskedForNothing() {
        kept = Map.of("old/#", SubscribeOptions.of(QoS.AT_LEAST_ONCE));
        traffic(true).begin();
        kick();
        unsubscribed.complete(ReasonCode.UNSPECIFIED_ERROR);
        assertEquals(List.of("unsubscribe old/#"), changes);
        assertEquals(List.of(1000L), pauses);
        assertEquals(1, lines.size(), lines::toString);
    }

    @Test
    void whatItMayNotGiveUpIsSaidAndItGoesOn() {
        kept = Map.of("old/#", SubscribeOptions.of(QoS.AT_LEAST_ONCE));
        traffic(true).begin();
        unsubscribed.complete(ReasonCode.NOT_AUTHORIZED);
        assertEquals(List.of("unsubscribe old/#", "request", "subscribe a/#"), changes);
        String all = "Error: Gateway g is still given old/#, which its settings do not name any more: not authorized";
        assertEquals(List.of(all, "Gateway g to EventAdmin is open."), lines);
    }

    @Test
    void aSessionThatCannotGiveUpATopicIsClosedAndTriedAgain() throws Exception {
        kept = Map.of("old/#", SubscribeOptions.of(QoS.AT_LEAST_ONCE));
        traffic(true).begin();
        unsubscribed.completeExceptionally(new IllegalStateException("a failure of the test"));
        assertEquals("close", call());
        assertEquals(List.of("unsubscribe old/#"), changes);
        assertEquals(List.of(1000L), pauses);
    }

    @Test
    void whatADurableSessionDeliversAgainHasNotBeenAnEventBefore() throws Exception {
        Traffic traffic = traffic(true);
        traffic.begin();
        LocalReceiver first = receivers.get(0);
        first.deliver(delivery("slow"));
        first.deliver(delivery("a"));
        assertTrue(inHand.await(10, TimeUnit.SECONDS));
        kick();
        pass(1000);
        receivers.get(1).deliver(delivery("a"));
        goOn.countDown();
        assertEquals(List.of("event slow", "done slow", "event a", "done a"), List.of(call(), call(), call(), call()));
        traffic.end();
        assertEquals("close", call());
    }

    @Test
    void whatNobodyDeliversAgainBecomesAnEventThoughTheSessionHasEnded() throws Exception {
        traffic(false).begin();
        receivers.get(0).deliver(delivery("slow"));
        receivers.get(0).deliver(delivery("a"));
        assertTrue(inHand.await(10, TimeUnit.SECONDS));
        kick();
        goOn.countDown();
        assertEquals(List.of("event slow", "done slow", "event a", "done a"), List.of(call(), call(), call(), call()));
    }

    @Test
    void anExchangeLetsTheEventInHandEndAndTakesNoOther() throws Exception {
        Traffic traffic = traffic(true);
        traffic.begin();
        receivers.get(0).deliver(delivery("slow"));
        receivers.get(0).deliver(delivery("a"));
        assertTrue(inHand.await(10, TimeUnit.SECONDS));
        Thread ending = new Thread(traffic::end);
        ending.start();
        while (ending.isAlive() && ending.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        ending.join();
        assertEquals(List.of("event slow", "done slow", "close"), List.of(call(), call(), call()));
        assertTrue(calls.isEmpty(), calls::toString);
    }

    private String call() throws InterruptedException {
        return String.valueOf(calls.poll(10, TimeUnit.SECONDS));
    }

    @Override
    public void sendEvent(Event event) {
        String topic = String.valueOf(event.getProperty(Mapping.TOPIC));
        if (topic.equals("slow")) {
            inHand.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        calls.add("event " + topic);
    }

    @Override
    public void postEvent(Event event) {
        throw new AssertionError("the gateway waits for its handlers");
    }

    @Override
    public long millis() {
        return now;
    }

    @Override
    public void after(long millis, Runnable task) {
        pauses.add(millis);
        later.add(task);
    }
}
