// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.bridge.loop.Clockwork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The event loop that a bridge runs on. It is the one of its session here, and another one when that was made anew elsewhere.
 * Any thread.
 */
final class Home {
    private final CompletableFuture<Void> found = new CompletableFuture<>();

    /** What is to run as soon as there is a loop, in order. */
    private final List<Runnable> early = new ArrayList<>();

    private volatile CompletableFuture<Clockwork> loop = new CompletableFuture<>();

    /** The loop; only when there is one. */
    Clockwork clockwork() {
        return loop.join();
    }

    /** The loop that this is called on; if there was none yet, it is that. */
    Clockwork here(Supplier<Clockwork> current) {
        if (!loop.isDone()) {
            loop.complete(current.get());
            List<Runnable> due;
            synchronized (early) {
                found.complete(null);
                due = List.copyOf(early);
                early.clear();
            }
            // On the loop: what somebody else gives it from now on comes after this.
            due.forEach(this::follow);
        }
        Clockwork now = clockwork();
        return now.isHere() ? now : current.get();
    }

    /** There will be none. */
    void fail(Throwable failure) {
        found.completeExceptionally(failure);
    }

    /** From now on it is that one. Called on the one before. */
    void moveTo(Clockwork other) {
        loop = CompletableFuture.completedFuture(other);
    }

    /** Runs a task on the loop as soon as there is one, in order: at once when called there. */
    void run(Runnable task) {
        synchronized (early) {
            if (!found.isDone()) {
                early.add(task);
                return;
            }
        }
        if (!found.isCompletedExceptionally()) {
            follow(task);
        }
    }

    private void follow(Runnable task) {
        Clockwork now = clockwork();
        now.run(() -> {
            if (now == clockwork()) {
                task.run();
            } else {
                // It has moved since.
                follow(task);
            }
        });
    }

    /** Runs a task on the loop, if there ever is one; completes when it has run. */
    CompletionStage<Void> last(Runnable task) {
        CompletableFuture<Void> ran = CompletableFuture.runAsync(task, this::run);
        found.exceptionally(never -> {
            ran.complete(null);
            return null;
        });
        return ran;
    }
}
