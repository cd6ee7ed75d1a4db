// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.config.BrokerSettings;
import io.culex.api.intercept.Interceptor;
import io.culex.core.loop.Counter;
import io.culex.testkit.Await;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A publisher sends five times what the queue of a receiver takes that reads and acknowledges all the time. */
class KeepsUpTest {
    private static final int MESSAGES = 5_000;

    private final Hall hall = Hall.outOfTime();

    @AfterEach
    void stop() {
        hall.close();
    }

    private void take() {
        hall.take(
                Hall.limits(20, 1_000, 2_000_000)
                        .with(new BrokerSettings.Sessions(
                                true,
                                Duration.ZERO,
                                Duration.ZERO,
                                false,
                                true,
                                Duration.ofSeconds(30),
                                Duration.ZERO)),
                "watch");
    }

    private void getsAll(String filter, boolean closes) {
        take();
        WireClient receiver = hall.connect("receiver");
        receiver.subscribe(filter, 1);
        WireClient publisher = hall.connect("publisher");
        CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> readToTheEnd(receiver));
        String text = "x".repeat(300);
        Packet[] burst = IntStream.range(0, MESSAGES)
                .mapToObj(i -> Publish.to("t", text))
                .toArray(Packet[]::new);
        publisher.send(new Ping(PacketType.PINGREQ), burst);
        if (closes) {
            publisher.close();
            hall.awaitSessions(1);
        } else {
            publisher.disconnect();
        }
        hall.broker.settle();
        Await.until(
                "the queue to be empty", () -> hall.session("receiver").outbox().queued() == 0);
        hall.connect("last").publish("t", "end", 0);
        int got = reading.join();
        // A connection that is reset takes with it what the broker has not read.
        assertEquals(hall.services().loops().received(PacketType.PUBLISH.code()) - 1, got);
        assertTrue(closes || got == MESSAGES, got + " messages");
        assertEquals(0, hall.services().loops().sum(Counter.PUBLISH_DROPPED));
    }

    private static int readToTheEnd(WireClient receiver) {
        int messages = 0;
        Publish next = receiver.acknowledge(receiver.expectPublish());
        while (!next.text().equals("end")) {
            messages++;
            next = receiver.acknowledge(receiver.expectPublish());
        }
        return messages;
    }

    @Test
    void aPublisherThatClosesDoesNotOverrunIt() {
        hall.plugins.bind("watch", new Hall.Acl(Access.UNSUBSCRIBE));
        getsAll("t", true);
    }

    @Test
    void aPublisherBehindAnInterceptorDoesNotOverrunIt() {
        hall.plugins.bind("watch", (Interceptor) (sender, message) -> Interceptor.Outcome.PASS);
        getsAll("t", false);
    }

    @Test
    void aPublisherDoesNotOverrunTheMemberOfASharedSubscription() {
        hall.plugins.bind("watch", new Hall.Acl(Access.UNSUBSCRIBE));
        getsAll("$share/g/t", false);
    }
}
