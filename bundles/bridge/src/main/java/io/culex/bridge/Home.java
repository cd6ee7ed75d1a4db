// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.bridge.loop.Clockwork;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The event loop that a bridge runs on. It is the one of its session here, and another one when that was made anew elsewhere.
 * Any thread.
 */
final class Home {
    private final CompletableFuture<Void> found = new CompletableFuture<>();
    private volatile CompletableFuture<Clockwork> loop = new CompletableFuture<>();

    /** The loop; only when there is one. */
    Clockwork clockwork() {
        return loop.join();
    }

    /** The loop that this is called on; if there was none yet, it is that. */
    Clockwork here(Supplier<Clockwork> current) {
        if (!loop.isDone()) {
            loop.complete(current.get());
            found.complete(null);
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

    /** Runs a task on the loop as soon as there is one: at once when called there. */
    void run(Runnable task) {
        found.thenRun(() -> follow(task));
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
        return found.handle((there, failure) -> failure == null)
                .thenCompose(is -> is
                        ? CompletableFuture.runAsync(task, this::follow)
                        : CompletableFuture.<Void>completedFuture(null));
    }
}
