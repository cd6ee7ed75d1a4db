// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.store.Kept;
import org.jspecify.annotations.Nullable;

/** Waits for what a lane is told. */
final class Acks implements Kept {
    private static final long LIMIT_MILLIS = 30_000;

    private long kept;
    private int batches;
    private @Nullable Throwable failure;
    private int failures;

    @Override
    public synchronized void kept(long operation) {
        if (operation <= kept) {
            throw new IllegalStateException(operation + " after " + kept);
        }
        kept = operation;
        batches++;
        notifyAll();
    }

    @Override
    public synchronized void failed(Throwable cause) {
        failure = cause;
        failures++;
        notifyAll();
    }

    synchronized long kept() {
        return kept;
    }

    synchronized int batches() {
        return batches;
    }

    synchronized int failures() {
        return failures;
    }

    /** Waits until that operation is kept. */
    synchronized void await(long operation) throws InterruptedException {
        long end = System.currentTimeMillis() + LIMIT_MILLIS;
        while (kept < operation) {
            long left = end - System.currentTimeMillis();
            if (left <= 0 || failure != null) {
                throw new IllegalStateException("kept " + kept + " of " + operation, failure);
            }
            wait(left);
        }
    }

    synchronized Throwable awaitFailure() throws InterruptedException {
        long end = System.currentTimeMillis() + LIMIT_MILLIS;
        while (failure == null) {
            long left = end - System.currentTimeMillis();
            if (left <= 0) {
                throw new IllegalStateException("no failure");
            }
            wait(left);
        }
        return failure;
    }
}
