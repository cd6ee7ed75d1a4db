// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.fuzz;

import io.culex.itests.Wire;
import io.culex.testkit.WireClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assertions;

/** A publisher and a subscriber that exchange messages in a thread of their own, each within a short time. */
final class Bystanders {
    private static final int AT_LEAST = 20;

    private final AtomicBoolean finish = new AtomicBoolean();
    private final CompletableFuture<Integer> exchanged;

    Bystanders(Wire wire) {
        WireClient publisher = wire.v5("bystander1");
        WireClient subscriber = wire.v311("bystander2");
        String topic = wire.topic("bystanders");
        subscriber.subscribe(topic, 1);
        exchanged = CompletableFuture.supplyAsync(() -> exchange(publisher, subscriber, topic));
    }

    private int exchange(WireClient publisher, WireClient subscriber, String topic) {
        int count = 0;
        while (!finish.get() || count < AT_LEAST) {
            String text = "message " + count;
            publisher.publish(topic, text, 1);
            subscriber.acknowledge(subscriber.expectPublish(text));
            count++;
        }
        publisher.expectNothing();
        subscriber.expectNothing();
        return count;
    }

    /** Ends the exchange; fails when a message was late, lost, doubled or out of order, or a connection ended. */
    void finish() {
        finish.set(true);
        try {
            Assertions.assertTrue(exchanged.orTimeout(30, TimeUnit.SECONDS).join() >= AT_LEAST);
        } catch (CompletionException e) {
            throw new AssertionError("a bystander was disturbed", e.getCause());
        }
    }
}
