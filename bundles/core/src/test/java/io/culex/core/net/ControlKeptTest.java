// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.Subject;
import io.culex.api.control.ControlTopic;
import io.culex.api.message.Message;
import io.culex.testkit.Await;
import io.culex.testkit.PacketType;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A request of QoS 2 from a client whose session is kept. */
class ControlKeptTest extends KeptFixture {
    private static final String TOPIC = "$CONTROL/count/v1";

    private final AtomicInteger requests = new AtomicInteger();

    private void serve() {
        hall.plugins.bind(new ControlTopic() {
            @Override
            public String topic() {
                return TOPIC;
            }

            @Override
            public CompletionStage<Answer> request(Subject requester, Message request) {
                requests.incrementAndGet();
                return CompletableFuture.completedFuture(new Answer("done", Audience.REQUESTER));
            }
        });
    }

    @Test
    void isCarriedOutOnceThoughTheBrokerDiesBeforeItIsReleased() {
        serve();
        WireClient client = durable("client");
        Publish request = Publish.to(TOPIC, "once").qos(2, 7);
        client.send(request);
        client.expectAck(PacketType.PUBREC, 7);
        crash();
        serve();
        WireClient again = durable("client");
        again.send(request.duplicate());
        again.expectAck(PacketType.PUBREC, 7);
        assertEquals(1, requests.get());
    }

    @Test
    void isAcknowledgedWhenThatIsKept() {
        serve();
        WireClient client = durable("client");
        store.hold();
        client.send(Publish.to(TOPIC, "once").qos(2, 7));
        Await.until("the identifier to be given", () -> store.waiting() > 0);
        client.expectSilence(SHORT);
        store.keep();
        client.expectAck(PacketType.PUBREC, 7);
    }
}
