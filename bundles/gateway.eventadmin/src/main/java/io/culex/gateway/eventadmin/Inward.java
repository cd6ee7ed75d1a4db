// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import io.culex.api.local.Delivery;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.message.ReasonCode;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.event.EventAdmin;

/**
 * Messages to events, one after the other on a thread of its own. A message is done when the handlers of its event have returned, so
 * handlers that are slow leave messages in the session's queue and not in memory here.
 */
final class Inward implements LocalReceiver, AutoCloseable {
    /** How many messages may be on their way to the thread. */
    static final int CREDIT = 256;

    private final Mapping mapping;
    private final EventAdmin events;
    private final ExecutorService thread;
    private final LongAdder sent = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile @Nullable LocalSession session;

    Inward(Settings settings, EventAdmin events) {
        this.mapping = new Mapping(settings);
        this.events = events;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "culex-gateway-" + settings.name());
            made.setDaemon(true);
            return made;
        });
    }

    /** The session is open. */
    void from(LocalSession opened) {
        session = opened;
        opened.request(CREDIT);
    }

    @Override
    public void deliver(Delivery delivery) {
        try {
            thread.execute(() -> send(delivery));
        } catch (RejectedExecutionException e) {
            // It is being closed: what is not done stays with the session.
            failures.increment();
        }
    }

    private void send(Delivery delivery) {
        try {
            events.sendEvent(mapping.toEvent(delivery.message()));
            sent.increment();
        } catch (RuntimeException e) {
            failures.increment();
        }
        delivery.done();
        LocalSession from = session;
        if (from != null) {
            from.request(1);
        }
    }

    @Override
    public void closed(ReasonCode reason) {
        session = null;
    }

    long sent() {
        return sent.sum();
    }

    long failures() {
        return failures.sum();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
