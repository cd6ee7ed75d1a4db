// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import io.culex.api.local.Delivery;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.message.ReasonCode;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.event.EventAdmin;

/**
 * Messages to events, one after the other on a thread of its own. A message is done when the handlers of its event have returned, so
 * handlers that are slow leave messages in the session's queue and not in memory here.
 */
final class Inward implements AutoCloseable {
    /** How many messages may be on their way to the thread. */
    static final int CREDIT = 256;

    private static final int REST_SECONDS = 2;

    private final Settings settings;
    private final Mapping mapping;
    private final EventAdmin events;
    private final ExecutorService thread;
    private final LongAdder sent = new LongAdder();
    private final LongAdder failures = new LongAdder();

    Inward(Settings settings, EventAdmin events) {
        this.settings = settings;
        this.mapping = new Mapping(settings);
        this.events = events;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "culex-gateway-" + settings.name());
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * For one session.
     *
     * @param lost is told on the session's event loop that it has ended
     */
    Link link(BiConsumer<Link, ReasonCode> lost) {
        return new Link(lost);
    }

    private void send(Delivery delivery) {
        try {
            events.sendEvent(mapping.toEvent(delivery.message()));
            sent.increment();
        } catch (RuntimeException e) {
            failures.increment();
        }
        delivery.done();
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

    /** What one session delivers. Any thread. */
    final class Link implements LocalReceiver {
        private final BiConsumer<Link, ReasonCode> lost;
        private volatile @Nullable LocalSession session;
        private volatile boolean over;

        private Link(BiConsumer<Link, ReasonCode> lost) {
            this.lost = lost;
        }

        /** The session is open. */
        void from(LocalSession opened) {
            session = opened;
            opened.request(CREDIT);
        }

        @Override
        public void deliver(Delivery delivery) {
            try {
                thread.execute(() -> take(delivery));
            } catch (RejectedExecutionException e) {
                // It is being closed: what is not done stays with the session.
                failures.increment();
            }
        }

        private void take(Delivery delivery) {
            if (comesAgain()) {
                return;
            }
            send(delivery);
            LocalSession from = session;
            if (from != null) {
                from.request(1);
            }
        }

        /** What is not done is delivered again by the session that goes on where this one ended. */
        private boolean comesAgain() {
            return over && settings.durable();
        }

        @Override
        public void closed(ReasonCode reason) {
            over = true;
            session = null;
            lost.accept(this, reason);
        }

        /** Takes nothing more, and waits, bounded, for the event in hand: else its message would come again. Blocks. */
        void rest() {
            over = true;
            if (!settings.durable()) {
                return;
            }
            try {
                thread.submit(() -> {}).get(REST_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | RejectedExecutionException | TimeoutException e) {
                // A handler that takes so long holds nobody up: its message comes twice.
                failures.increment();
            }
        }
    }
}
