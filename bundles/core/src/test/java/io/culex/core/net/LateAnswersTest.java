// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.Subject;
import io.culex.api.control.ControlTopic;
import io.culex.api.message.Message;
import io.culex.testkit.Ack;
import io.culex.testkit.Await;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to a client of a {@code $CONTROL} topic until its answer is there. */
class LateAnswersTest {
    private static final String TOPIC = "$CONTROL/echo/v1";

    private final Hall hall = new Hall();

    @AfterEach
    void stop() {
        hall.close();
    }

    private static void expectAnswer(WireClient client, String text) {
        Publish answer = client.expectPublish(text);
        assertEquals(TOPIC + "/response", answer.topic());
        assertEquals(0, answer.qos());
    }

    /** Takes requests and answers when the test does. */
    private Queue<CompletableFuture<ControlTopic.Answer>> serveLater() {
        Queue<CompletableFuture<ControlTopic.Answer>> asked = new ConcurrentLinkedQueue<>();
        hall.plugins.bind(new ControlTopic() {
            @Override
            public String topic() {
                return TOPIC;
            }

            @Override
            public CompletionStage<Answer> request(Subject requester, Message request) {
                CompletableFuture<Answer> answer = new CompletableFuture<>();
                asked.add(answer);
                return answer;
            }
        });
        return asked;
    }

    private static void answer(CompletableFuture<ControlTopic.Answer> request, String text) {
        request.complete(new ControlTopic.Answer(text, ControlTopic.Audience.REQUESTER));
    }

    private static CompletableFuture<ControlTopic.Answer> take(Queue<CompletableFuture<ControlTopic.Answer>> asked) {
        Await.until("a request", () -> !asked.isEmpty());
        return asked.remove();
    }

    @Test
    void nothingMoreIsReadOfAClientBeforeItsRequestIsAnswered() {
        Queue<CompletableFuture<ControlTopic.Answer>> asked = serveLater();
        WireClient client = hall.connect("client");
        client.send(Publish.to(TOPIC, "1").qos(1, 1), Publish.to(TOPIC, "2").qos(1, 2));
        assertEquals(1, client.expect(Ack.class).id());
        CompletableFuture<ControlTopic.Answer> first = take(asked);
        client.expectSilence(Duration.ofMillis(100));
        assertEquals(0, asked.size());
        answer(first, "one");
        expectAnswer(client, "one");
        assertEquals(2, client.expect(Ack.class).id());
        answer(take(asked), "two");
        expectAnswer(client, "two");
        client.expectNothing();
    }

    @Test
    void aRequestThatIsNeverAnsweredHoldsItsClientForATimeOnly() {
        hall.take(Hall.swapTimeout(Duration.ofMillis(200)));
        Queue<CompletableFuture<ControlTopic.Answer>> asked = serveLater();
        WireClient client = hall.connect("client");
        client.send(Publish.to(TOPIC, "1").qos(1, 1), Publish.to(TOPIC, "2").qos(1, 2));
        CompletableFuture<ControlTopic.Answer> late = take(asked);
        take(asked);
        assertEquals(1, client.expect(Ack.class).id());
        assertEquals(2, client.expect(Ack.class).id());
        answer(late, "one");
        expectAnswer(client, "one");
    }

    @Test
    void pingsAndAcknowledgementsAreAnsweredMeanwhile() {
        Queue<CompletableFuture<ControlTopic.Answer>> asked = serveLater();
        WireClient client = hall.connect("client");
        client.subscribe("t", 1);
        client.send(Publish.to("other", "x").qos(2, 9), Publish.to(TOPIC, "1"));
        client.expectAck(PacketType.PUBREC, 9);
        CompletableFuture<ControlTopic.Answer> first = take(asked);
        client.expectNothing();
        client.send(Ack.pubrel(9));
        client.expectAck(PacketType.PUBCOMP, 9);
        hall.connect("publisher").publish("t", "meanwhile", 1);
        client.acknowledge(client.expectPublish("meanwhile"));
        Await.until("an empty window", () -> hall.session("client").outbox().inflight() == 0);
        client.send(Publish.to(TOPIC, "2"), new Ping(PacketType.PINGREQ));
        client.expectSilence(Duration.ofMillis(100));
        answer(first, "one");
        expectAnswer(client, "one");
        assertEquals(PacketType.PINGRESP, client.receive().type());
        CompletableFuture<ControlTopic.Answer> second = take(asked);
        client.expectNothing();
        answer(second, "two");
        expectAnswer(client, "two");
    }

    @Test
    void aHalfClosedClientGetsItsAnswer() {
        Queue<CompletableFuture<ControlTopic.Answer>> asked = serveLater();
        WireClient client = hall.connect("client");
        client.send(Publish.to(TOPIC, "1"));
        CompletableFuture<ControlTopic.Answer> first = take(asked);
        client.endOutput();
        client.expectSilence(Duration.ofMillis(100));
        answer(first, "one");
        expectAnswer(client, "one");
        client.expectClosed();
    }

    private int armedTimers() {
        return hall.services().loops().all().stream()
                .mapToInt(loop -> {
                    CompletableFuture<Integer> armed = new CompletableFuture<>();
                    loop.execute(() -> armed.complete(loop.wheel().armed()));
                    return armed.join();
                })
                .sum();
    }

    @Test
    void aClosedConnectionLeavesNoTimer() {
        hall.take(Hall.swapTimeout(Duration.ofMinutes(10)));
        Queue<CompletableFuture<ControlTopic.Answer>> asked = serveLater();
        int before = armedTimers();
        WireClient client = hall.connect("client");
        client.send(Publish.to(TOPIC, "1"));
        take(asked);
        client.reset();
        Await.until("no timer of the connection", () -> armedTimers() == before);
    }

    @Test
    void whoHasGoneHasAskedForWhatItSentAllTheSame() {
        Queue<CompletableFuture<ControlTopic.Answer>> asked = serveLater();
        WireClient client = hall.connect("client");
        client.send(Publish.to(TOPIC, "1"), Publish.to(TOPIC, "2"));
        CompletableFuture<ControlTopic.Answer> first = take(asked);
        client.reset();
        answer(first, "one");
        answer(take(asked), "two");
        hall.awaitSessions(0);
    }
}
