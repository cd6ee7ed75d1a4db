// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import io.culex.api.local.Delivery;
import io.culex.api.local.RelayReceiver;
import io.culex.api.message.ReasonCode;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what a relay is given, as texts, until the test asks. */
final class Relay implements RelayReceiver {
    final List<ReasonCode> ends = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> given = new LinkedBlockingQueue<>();
    volatile boolean ready = true;
    volatile int backlog;

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public int backlog() {
        return backlog;
    }

    @Override
    public void deliver(Delivery delivery) {
        given.add((delivery.duplicate() ? "dup " : "")
                + (delivery.message().retain() ? "retain " : "")
                + delivery.message().topic() + "="
                + delivery.message().payload().asText()
                + " q" + delivery.message().qos().level()
                + " " + delivery.packetId());
    }

    @Override
    public void release(int packetId) {
        given.add("release " + packetId);
    }

    @Override
    public void closed(ReasonCode reason) {
        ends.add(reason);
    }

    String next() throws InterruptedException {
        @Nullable String next = given.poll(10, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    /** The next one, without its Packet Identifier, which is returned. */
    int expect(String text) throws InterruptedException {
        String next = next();
        int end = next.lastIndexOf(' ');
        if (!next.substring(0, Math.max(0, end)).equals(text)) {
            throw new AssertionError("expected " + text + ", got " + next);
        }
        return Integer.parseInt(next.substring(end + 1));
    }

    int waiting() {
        return given.size();
    }
}
