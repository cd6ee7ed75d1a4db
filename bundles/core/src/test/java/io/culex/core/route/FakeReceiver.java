// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.core.loop.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Writes down what it gets. */
final class FakeReceiver implements Receiver {
    private static final AtomicLong NUMBERS = new AtomicLong();

    final List<String> got = new ArrayList<>();
    final List<String> forgone = new ArrayList<>();
    final List<Runnable> waiting = new ArrayList<>();
    boolean online = true;
    boolean gone;
    boolean congested;
    boolean fails;
    private final Loop home;
    private final long number = NUMBERS.incrementAndGet();

    FakeReceiver(Loop home) {
        this.home = home;
    }

    @Override
    public Loop home() {
        return home;
    }

    @Override
    public boolean isOnline() {
        return online;
    }

    @Override
    public boolean isCongested() {
        return congested;
    }

    @Override
    public void awaitRelief(Runnable relief) {
        waiting.add(relief);
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public void deliver(Inbound message, Subscription by) {
        if (fails) {
            throw new OutOfMemoryError("as if");
        }
        got.add(message.keep().topicText() + " by " + by.filter());
        if (congested) {
            message.congested(this);
        }
    }

    @Override
    public boolean deliver(Publication message, Subscription by) {
        if (fails) {
            throw new OutOfMemoryError("as if");
        }
        boolean takes = !gone && !by.isOver();
        if (takes) {
            got.add(message.topicText() + " by " + by.filter());
        }
        return takes;
    }

    @Override
    public void forgo(Publication message, Subscription by) {
        forgone.add(message.topicText() + " by " + by.filter());
    }
}
