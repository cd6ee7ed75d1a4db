// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.testkit.Await;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutesTest {
    private final MemoryBroker broker = MemoryBroker.open();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        context.disableJMX();
        context.addComponent("culex", new CulexComponent(broker.broker()));
        context.getShutdownStrategy().setTimeout(5);
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void route(String from, Processor processor) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId("tested").process(processor);
            }
        });
    }

    private void remember(Exchange exchange) {
        seen.add(exchange.getMessage().getHeader("CulexTopic") + "="
                + exchange.getMessage().getBody(String.class)
                + (exchange.getMessage().getHeader("CulexDuplicate", Boolean.class) ? " again" : ""));
    }

    private void publish(String topic, String text) {
        context.createProducerTemplate().sendBody("culex:" + topic, text);
    }

    private String next() throws InterruptedException {
        return String.valueOf(seen.poll(10, TimeUnit.SECONDS));
    }

    private void awaitDone(int count) {
        Await.until(count + " acknowledgements", () -> broker.line().done() == count);
    }

    @Test
    void filtersMayHaveWildcards() throws Exception {
        route("culex:a/+/b?filters=c/%23,d", this::remember);
        assertEquals(java.util.Set.of("a/+/b", "c/#", "d"), broker.line().filters);
        publish("a/x/b", "1");
        publish("c/d/e", "2");
        assertEquals(List.of("a/x/b=1", "c/d/e=2"), List.of(next(), next()));
    }

    @Test
    void aFilterMayEndWithAHash() throws Exception {
        route("culex:a/#?qos=1", this::remember);
        publish("a/b", "1");
        assertEquals("a/b=1", next());
    }

    @Test
    void aHashMayBeEncoded() throws Exception {
        route("culex:a%20b/%23?qos=1", this::remember);
        publish("a%20b/c", "1");
        assertEquals("a b/c=1", next());
    }

    @Test
    void aMessageIsAcknowledgedWhenItsExchangeHasCompleted() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        route("culex:a?window=2", exchange -> {
            remember(exchange);
            held.await();
        });
        for (int i = 1; i <= 4; i++) {
            publish("a", String.valueOf(i));
        }
        assertEquals("a=1", next());
        assertEquals(0, broker.line().done());
        assertEquals(2, broker.line().waiting());
        held.countDown();
        awaitDone(4);
        assertEquals(List.of("a=2", "a=3", "a=4"), List.of(next(), next(), next()));
    }

    @Test
    void aMessageWhoseExchangeFailsIsTriedAgainAndOthersGoPastIt() throws Exception {
        AtomicInteger failures = new AtomicInteger(3);
        route("culex:a?redeliveryDelay=50", exchange -> {
            remember(exchange);
            if (exchange.getMessage().getBody(String.class).equals("bad") && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("a failure of the test");
            }
        });
        publish("a", "bad");
        assertEquals("a=bad", next());
        publish("a", "good");
        awaitDone(2);
        assertTrue(seen.contains("a=good"));
        assertEquals(3, seen.stream().filter("a=bad again"::equals).count());
    }

    @Test
    void whatTheErrorHandlerHasHandledIsDone() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(deadLetterChannel("direct:dead"));
                from("direct:dead").process(exchange -> seen.add("dead"));
                from("culex:a").throwException(new IllegalStateException("a failure of the test"));
            }
        });
        publish("a", "bad");
        awaitDone(1);
        assertEquals("dead", next());
    }

    @Test
    void withoutRedeliveryAFailureIsTheEndOfIt() throws Exception {
        route("culex:a?redeliveryDelay=-1", exchange -> {
            remember(exchange);
            throw new IllegalStateException("a failure of the test");
        });
        publish("a", "bad");
        awaitDone(1);
        assertEquals(1, seen.size());
    }

    @Test
    void aRefusedPublishFailsTheExchange() {
        broker.closedTopics.add("closed");
        CamelExecutionException failure =
                assertThrows(CamelExecutionException.class, () -> publish("closed?user=bob", "x"));
        SecurityException cause = assertInstanceOf(SecurityException.class, failure.getCause());
        assertEquals("Culex refused a message on closed for user bob: not authorized (0x87)", cause.getMessage());
    }

    @Test
    void whatADurableRouteDoesNotNameAnyMoreIsGivenUpBeforeAnythingComes() throws Exception {
        broker.kept.addAll(List.of("old/topic", "new/topic"));
        route("culex:new/topic?clientId=c&durable=true&window=7", this::remember);
        assertEquals(List.of("unsubscribe old/topic", "request 7"), broker.line().calls);
        assertEquals(java.util.Set.of("new/topic"), broker.line().filters);
        publish("old/topic", "1");
        publish("new/topic", "2");
        assertEquals("new/topic=2", next());
    }

    @Test
    void aRouteThatMayNotGiveUpATopicGoesOnWithIt() throws Exception {
        broker.kept.add("old/topic");
        broker.closedTopics.add("old/topic");
        route("culex:new/topic?clientId=c&durable=true&window=7", this::remember);
        assertEquals(List.of("unsubscribe old/topic", "request 7"), broker.line().calls);
        publish("new/topic", "1");
        assertEquals("new/topic=1", next());
    }

    @Test
    void aRefusedSubscriptionIsReportedAndTriedAgain() throws Exception {
        broker.closedTopics.add("a");
        route("culex:a?reconnectDelay=50&bridgeErrorHandler=true", exchange -> {});
        assertEquals(java.util.Set.of(), broker.line().filters);
        broker.closedTopics.clear();
        Await.until("the subscription", () -> broker.line().filters.contains("a"));
    }

    @Test
    void aSessionThatEndsIsOpenedAgainButNotOneThatWasTakenOver() throws Exception {
        route("culex:a?reconnectDelay=50", this::remember);
        broker.line().end(ReasonCode.ADMINISTRATIVE_ACTION);
        Await.until("another session", () -> broker.lines.size() == 2);
        publish("a", "1");
        assertEquals("a=1", next());
        broker.line().end(ReasonCode.SESSION_TAKEN_OVER);
        Await.pass(java.time.Duration.ofMillis(300));
        assertEquals(2, broker.lines.size());
    }

    @Test
    void whatARouteHasBegunEndsBeforeItsSession() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        route("culex:a", exchange -> {
            remember(exchange);
            begun.countDown();
            held.await();
        });
        publish("a", "1");
        publish("a", "2");
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        Thread stopping = new Thread(() -> {
            try {
                context.getRouteController().stopRoute("tested");
            } catch (Exception e) {
                seen.add(e.toString());
            }
        });
        stopping.start();
        Await.until("the consumer to wait for what has begun", RoutesTest::isIntakeWaiting);
        assertFalse(broker.line().isClosed());
        held.countDown();
        stopping.join(10_000);
        assertTrue(broker.line().isClosed());
        assertEquals(1, broker.line().done());
        assertEquals(List.of("a=1"), List.copyOf(seen));
    }

    /** Camel stops a route on a thread of its own. */
    private static boolean isIntakeWaiting() {
        return Thread.getAllStackTraces().values().stream().map(List::of).anyMatch(frames -> {
            boolean closes = frames.stream()
                    .anyMatch(frame -> frame.getClassName().equals(Intake.class.getName())
                            && frame.getMethodName().equals("close"));
            return closes
                    && frames.stream().anyMatch(frame -> frame.getMethodName().equals("awaitTermination"));
        });
    }

    @Test
    void whatBelongsToAMessageGoesBothWays() throws Exception {
        route("culex:in", exchange -> context.createProducerTemplate().send("culex:out", exchange));
        List<Map.Entry<String, String>> user = List.of(Map.entry("k", "1"), Map.entry("k", "2"));
        context.createProducerTemplate()
                .sendBodyAndHeaders(
                        "culex:other",
                        new byte[] {0, 1},
                        Map.of(
                                "CulexOverrideTopic",
                                "in",
                                "CulexOverrideQos",
                                2,
                                "CulexOverrideRetain",
                                true,
                                "CulexContentType",
                                "text/plain",
                                "CulexResponseTopic",
                                "answers",
                                "CulexCorrelationData",
                                new byte[] {7},
                                "CulexMessageExpiry",
                                60,
                                "CulexUserProperties",
                                user));
        Await.until("both messages", () -> broker.published.size() == 2);
        Message first = broker.published.get(0);
        Message second = broker.published.get(1);
        assertEquals("in", first.topic());
        assertEquals(QoS.EXACTLY_ONCE, first.qos());
        assertTrue(first.retain());
        assertEquals(60, first.properties().expirySeconds());
        assertEquals(2, first.properties().userProperties().size());
        assertEquals("out", second.topic());
        assertEquals(QoS.AT_LEAST_ONCE, second.qos());
        assertFalse(second.retain());
        assertEquals(first.properties(), second.properties());
        assertEquals(first.payload(), second.payload());
    }

    @Test
    void anAnswerThatComesAfterTheProducerHasStoppedEndsTheExchange() throws Exception {
        CompletableFuture<ReasonCode> answer = new CompletableFuture<>();
        broker.answer = answer;
        AsyncProducer producer = context.getEndpoint("culex:t").createAsyncProducer();
        producer.start();
        Exchange exchange = producer.getEndpoint().createExchange();
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        producer.process(exchange, done::complete);
        producer.stop();
        assertFalse(done.isDone());
        answer.complete(ReasonCode.QUOTA_EXCEEDED);
        assertFalse(done.get(10, TimeUnit.SECONDS));
        assertTrue(exchange.isFailed());
    }

    @Test
    void aTopicThatIsNoneFailsTheExchange() {
        CamelExecutionException failure = assertThrows(CamelExecutionException.class, () -> publish("a/+", "x"));
        assertInstanceOf(IllegalArgumentException.class, failure.getCause());
        assertEquals(0, broker.published.size());
    }
}
