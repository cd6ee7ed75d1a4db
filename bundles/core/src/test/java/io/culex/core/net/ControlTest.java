// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.auth.Access;
import io.culex.api.auth.Subject;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.ListenerSettings;
import io.culex.api.control.ControlTopic;
import io.culex.api.intercept.Interceptor;
import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import io.culex.core.admin.BrokerAdminService;
import io.culex.testkit.Ack;
import io.culex.testkit.PacketType;
import io.culex.testkit.PropertyId;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlTest {
    private static final String TOPIC = "$CONTROL/echo/v1";

    private final Hall hall = new Hall();

    @AfterEach
    void stop() {
        hall.close();
    }

    private void serve(ControlTopic.Audience audience) {
        hall.plugins.bind(new ControlTopic() {
            @Override
            public String topic() {
                return TOPIC;
            }

            @Override
            public CompletionStage<Answer> request(Subject requester, Message request) {
                return CompletableFuture.completedFuture(new Answer(
                        requester.clientId() + " said " + request.payload().asText(), audience));
            }
        });
    }

    private static void expectAnswer(WireClient client, String text) {
        Publish answer = client.expectPublish(text);
        assertEquals(TOPIC + "/response", answer.topic());
        assertEquals(0, answer.qos());
    }

    @Test
    void theAnswerGoesToTheRequesterAndTheRequestToNobody() {
        serve(ControlTopic.Audience.REQUESTER);
        WireClient other = hall.connect("other");
        other.subscribe("$CONTROL/#", 0);
        WireClient client = hall.connect("client");
        assertEquals(0, client.publish(TOPIC, "hello", 1));
        expectAnswer(client, "client said hello");
        other.expectNothing();
    }

    @Test
    void orToEverySubscriber() {
        serve(ControlTopic.Audience.SUBSCRIBERS);
        WireClient other = hall.connect("other");
        other.subscribe("$CONTROL/#", 0);
        hall.connect("client").publish(TOPIC, "hello", 2);
        expectAnswer(other, "client said hello");
    }

    @Test
    void aResponseTopicIsAnsweredThereWithItsCorrelationDataAndToNobodyElse() {
        serve(ControlTopic.Audience.SUBSCRIBERS);
        WireClient other = hall.connect("other");
        other.subscribe("#", 0);
        other.subscribe("$CONTROL/#", 0);
        WireClient client = hall.connect("client");
        client.send(Publish.to(TOPIC, "hello")
                .with(PropertyId.RESPONSE_TOPIC, "my/answers")
                .with(PropertyId.CORRELATION_DATA, new byte[] {7}));
        Publish answer = client.expectPublish("client said hello");
        assertEquals("my/answers", answer.topic());
        assertEquals(7, answer.properties().binary(PropertyId.CORRELATION_DATA).orElseThrow()[0]);
        other.expectNothing();
    }

    @Test
    void whatComesAfterwardsComesAfterTheAnswer() {
        BrokerAdmin admin = new BrokerAdminService(hall.broker.broker(), new NoDoors());
        hall.plugins.bind(new ControlTopic() {
            @Override
            public String topic() {
                return TOPIC;
            }

            @Override
            public CompletionStage<Answer> request(Subject requester, Message request) {
                return CompletableFuture.completedFuture(new Answer(
                        "goodbye",
                        Audience.SUBSCRIBERS,
                        () -> admin.expel(session -> true, ReasonCode.ADMINISTRATIVE_ACTION)));
            }
        });
        WireClient client = hall.connect("client");
        client.subscribe("$CONTROL/#", 0);
        client.publish(TOPIC, "hello", 0);
        expectAnswer(client, "goodbye");
        client.expectEnd(0x98);
    }

    @Test
    void aTopicThatNobodyServesIsAnsweredToTheRequester() {
        WireClient client = hall.connect("client");
        client.publish("$CONTROL/none/v1", "x", 1);
        assertEquals(
                "{\"error\": \"endpoint not available\"}",
                client.expectPublish().text());
    }

    @Test
    void anAliasStandsForTheTopicHereToo() {
        serve(ControlTopic.Audience.REQUESTER);
        WireClient client = hall.connect("client");
        client.send(Publish.to(TOPIC, "1").with(PropertyId.TOPIC_ALIAS, 1));
        expectAnswer(client, "client said 1");
        client.send(Publish.to("", "2").with(PropertyId.TOPIC_ALIAS, 1));
        expectAnswer(client, "client said 2");
    }

    @Test
    void aMountPointDoesNotShow() {
        ListenerSettings.Clients mounted =
                new ListenerSettings.Clients(-1, 2, 10, 10, "tenant/", Set.of(3, 4, 5), false);
        hall.take(BrokerSettings.DEFAULTS, mounted);
        serve(ControlTopic.Audience.REQUESTER);
        WireClient client = hall.connect("client");
        client.publish(TOPIC, "hello", 1);
        expectAnswer(client, "client said hello");
    }

    @Test
    void anInterceptorDoesNotTakeRequestsAway() {
        hall.plugins.bind("filter", (Interceptor) (sender, message) -> Interceptor.Outcome.PASS);
        hall.take(BrokerSettings.DEFAULTS, "filter");
        serve(ControlTopic.Audience.REQUESTER);
        WireClient client = hall.connect("client");
        client.publish(TOPIC, "hello", 1);
        expectAnswer(client, "client said hello");
    }

    @Test
    void permissionIsNeeded() {
        hall.plugins.bind("acl", new Hall.Acl(Access.WRITE));
        hall.take(BrokerSettings.DEFAULTS, "acl");
        serve(ControlTopic.Audience.REQUESTER);
        WireClient client = hall.connect("client");
        assertEquals(0x87, client.publish(TOPIC, "hello", 1));
        client.expectNothing();
    }

    @Test
    void anInterceptorReplacesAndRefusesMessages() {
        hall.plugins.bind("filter", (Interceptor)
                (sender, message) -> switch (message.payload().asText()) {
                    case "bad" -> new Interceptor.Outcome.Drop(ReasonCode.PAYLOAD_FORMAT_INVALID);
                    case "old" -> new Interceptor.Outcome.Replace(Message.of("t/new", "new"));
                    default -> Interceptor.Outcome.PASS;
                });
        hall.take(BrokerSettings.DEFAULTS, "filter");
        WireClient client = hall.connect("client");
        client.subscribe("t/#", 0);
        assertEquals(0x99, client.publish("t", "bad", 1));
        client.send(Publish.to("t", "bad").qos(2, 9));
        assertEquals(0x99, client.expectAck(PacketType.PUBREC, 9).reason());
        client.send(Publish.to("t", "good").qos(2, 9));
        assertEquals(0, client.expectAck(PacketType.PUBREC, 9).reason());
        client.send(Ack.pubrel(9));
        client.expectAck(PacketType.PUBCOMP, 9);
        client.expectPublish("good");
        client.publish("t/old", "old", 1);
        assertEquals("t/new", client.expectPublish("new").topic());
        client.expectNothing();
    }
}
