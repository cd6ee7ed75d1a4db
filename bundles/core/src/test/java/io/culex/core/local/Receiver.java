// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import io.culex.api.local.Delivery;
import io.culex.api.local.LocalReceiver;
import io.culex.api.message.ReasonCode;
import io.culex.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a local session is given, until the test asks. */
final class Receiver implements LocalReceiver {
    final List<ReasonCode> ends = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

    @Override
    public void deliver(Delivery delivery) {
        deliveries.add(delivery);
    }

    @Override
    public void closed(ReasonCode reason) {
        ends.add(reason);
    }

    /** The next delivery, which must be this one, as {@code dup retain topic=payload}. */
    Delivery expect(String text) throws InterruptedException {
        Delivery next = deliveries.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("expected " + text + ", got nothing");
        }
        String got = (next.duplicate() ? "dup " : "") + (next.message().retain() ? "retain " : "")
                + next.message().topic() + "=" + next.message().payload().asText();
        if (!got.equals(text)) {
            throw new AssertionError("expected " + text + ", got " + got);
        }
        return next;
    }

    int waiting() {
        return deliveries.size();
    }

    void awaitWaiting(int count) {
        Await.until(Duration.ofSeconds(10), () -> waiting() + " deliveries", () -> waiting() == count);
    }
}
