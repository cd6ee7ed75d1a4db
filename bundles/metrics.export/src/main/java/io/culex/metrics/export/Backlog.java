// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Updates that wait to be sent, the oldest first; when there are too many, the oldest are dropped. Any thread. */
final class Backlog {
    private final int capacity;
    private final Deque<Update> waiting = new ArrayDeque<>();
    private int taken;
    private long dropped;
    private boolean closed;

    Backlog(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(Update update) {
        waiting.addLast(update);
        trim();
        notifyAll();
    }

    private void trim() {
        while (waiting.size() > capacity) {
            waiting.removeFirst();
            dropped++;
        }
    }

    /** The oldest with that many items together at most, but one at least; waits for it. Empty when it is closed. */
    synchronized List<Update> take(int items) throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        List<Update> batch = new ArrayList<>();
        int left = items;
        while (!waiting.isEmpty() && (batch.isEmpty() || waiting.getFirst().items() <= left)) {
            Update next = waiting.removeFirst();
            left -= next.items();
            batch.add(next);
        }
        taken = batch.size();
        return batch;
    }

    /** What was taken is settled. */
    synchronized void settled() {
        taken = 0;
    }

    /** What was taken is lost. */
    synchronized void lost() {
        dropped += taken;
        taken = 0;
    }

    /** What was taken waits again, before everything else. */
    synchronized void giveBack(List<Update> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            waiting.addFirst(batch.get(i));
        }
        taken = 0;
        trim();
    }

    /** Waits that long, or until it is closed. */
    synchronized void pause(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; left > 0 && !closed; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized int size() {
        return waiting.size() + taken;
    }

    synchronized long dropped() {
        return dropped;
    }

    static byte[] join(List<Update> batch) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        batch.forEach(update -> all.writeBytes(update.body()));
        return all.toByteArray();
    }
}
