// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.local.Delivery;
import io.culex.api.local.LocalSession;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class FlowTest {
    private static final Settings SETTINGS =
            new Settings("g", List.of("#"), List.of("*"), "mqtt/", "events/", QoS.AT_LEAST_ONCE, false);

    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final List<CompletableFuture<ReasonCode>> publishing = new ArrayList<>();

    private LocalSession session() {
        return (LocalSession) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {LocalSession.class}, (proxy, method, args) -> {
                    if (method.getName().equals("publish")) {
                        CompletableFuture<ReasonCode> kept = new CompletableFuture<>();
                        publishing.add(kept);
                        return kept;
                    }
                    calls.add(method.getName() + " " + args[0]);
                    return null;
                });
    }

    private static EventAdmin events(Consumer<Event> sink) {
        return new EventAdmin() {
            @Override
            public void postEvent(Event event) {
                throw new AssertionError("the gateway waits for its handlers");
            }

            @Override
            public void sendEvent(Event event) {
                sink.accept(event);
            }
        };
    }

    private Delivery delivery(String topic) {
        return (Delivery) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Delivery.class}, (proxy, method, args) -> {
                    if (method.getName().equals("message")) {
                        return Message.of(topic, "x");
                    }
                    calls.add(method.getName());
                    return null;
                });
    }

    private String call() throws InterruptedException {
        return String.valueOf(calls.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void aMessageIsDoneWhenItsHandlersHaveReturned() throws Exception {
        try (Inward inward = new Inward(SETTINGS, events(event -> calls.add("event " + event.getTopic())))) {
            Inward.Link link = inward.link((ended, reason) -> {});
            link.from(session());
            assertEquals("request " + Inward.CREDIT, call());
            link.deliver(delivery("a"));
            assertEquals(List.of("event mqtt/a", "done", "request 1"), List.of(call(), call(), call()));
        }
    }

    @Test
    void anEventThatFailsHoldsNothingUp() throws Exception {
        try (Inward inward = new Inward(SETTINGS, events(event -> {
            throw new IllegalStateException("a handler of the test fails");
        }))) {
            Inward.Link link = inward.link((ended, reason) -> {});
            link.from(session());
            call();
            link.deliver(delivery("a"));
            assertEquals(List.of("done", "request 1"), List.of(call(), call()));
            assertEquals(1, inward.failures());
        }
    }

    @Test
    void eventsNeverWaitForTheBroker() {
        Outward outward = new Outward(SETTINGS);
        outward.handleEvent(new Event("a", Map.of()));
        assertEquals(1, outward.dropped());
        outward.to(session());
        for (int i = 0; i < Outward.OUTSTANDING + 1; i++) {
            outward.handleEvent(new Event("a", Map.of()));
        }
        assertEquals(Outward.OUTSTANDING, publishing.size());
        assertEquals(2, outward.dropped());
        publishing.get(0).complete(ReasonCode.SUCCESS);
        publishing.get(1).complete(ReasonCode.QUOTA_EXCEEDED);
        assertEquals(1, outward.published());
        assertEquals(3, outward.dropped());
        outward.handleEvent(new Event("a", Map.of()));
        assertEquals(Outward.OUTSTANDING + 1, publishing.size());
    }

    @Test
    void whatCameFromMqttDoesNotGoBack() {
        Outward outward = new Outward(SETTINGS);
        outward.to(session());
        outward.handleEvent(new Mapping(SETTINGS).toEvent(Message.of("a", "x")));
        assertEquals(0, publishing.size());
        assertEquals(0, outward.dropped());
    }
}
