// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Brings updates to a server on a thread of its own, in their order, and again as long as the server is away (SPEC E.4). */
final class Courier {
    private static final Duration LAST_CHANCE = Duration.ofSeconds(3);

    /** Sends one request; blocks. */
    interface Way {
        Outcome send(byte[] body) throws InterruptedException;
    }

    private final String name;
    private final int maxItems;
    private final Backlog backlog;
    private final Backoff backoff;
    private final Way way;
    private final BrokerLog log;
    private final Thread thread;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private boolean failing;

    Courier(PushSettings settings, Backlog backlog, Way way, BrokerLog log) {
        this.name = settings.plugin();
        this.maxItems = settings.maxItems();
        this.backlog = backlog;
        this.backoff = new Backoff(settings.longestPause());
        this.way = way;
        this.log = log;
        this.thread = new Thread(this::run, "culex-push-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    long delivered() {
        return delivered.get();
    }

    long failures() {
        return failures.get();
    }

    private void run() {
        try {
            int items = maxItems;
            for (List<Update> batch = backlog.take(items); !batch.isEmpty(); batch = backlog.take(items)) {
                items = settle(batch, send(batch));
                if (failing && backlog.isClosed()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // Only close() interrupts this thread, and it ends it.
            Thread.currentThread().interrupt();
        }
    }

    /** What nobody has thought of is no reason to send nothing any more: it is said, and the update waits. */
    private Outcome send(List<Update> batch) throws InterruptedException {
        try {
            return way.send(Backlog.join(batch));
        } catch (RuntimeException | Error e) {
            return new Outcome.Later(e.toString(), Duration.ZERO);
        }
    }

    /** Returns how many items the next request may have. */
    private int settle(List<Update> batch, Outcome outcome) throws InterruptedException {
        if (outcome instanceof Outcome.Delivered) {
            if (failing) {
                failing = false;
                log.log(LogType.NOTICE, name + ": The server takes metrics again.");
            }
            backoff.reset();
            delivered.addAndGet(batch.size());
            backlog.settled();
            return maxItems;
        }
        failures.incrementAndGet();
        if (outcome instanceof Outcome.TooLarge && batch.size() > 1) {
            backlog.giveBack(batch);
            return Math.max(1, batch.stream().mapToInt(Update::items).sum() / 2);
        }
        if (outcome instanceof Outcome.Later later) {
            backlog.giveBack(batch);
            if (!failing) {
                failing = true;
                log.log(LogType.WARNING, name + ": Warning: Metrics cannot be sent and wait: " + later.reason());
            }
            backlog.pause(backoff.next(later.pause()));
            return maxItems;
        }
        String reason = outcome instanceof Outcome.Rejected rejected ? rejected.reason() : "too large for the server";
        log.log(LogType.ERROR, name + ": Error: Metrics were refused and are lost: " + reason);
        backlog.lost();
        return maxItems;
    }

    /** Sends what waits, unless the server is away; blocks, bounded. */
    void close() throws InterruptedException {
        backlog.close();
        thread.join(LAST_CHANCE.toMillis());
        thread.interrupt();
    }
}
