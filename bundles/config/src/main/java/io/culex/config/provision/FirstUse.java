// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Getting the services of a new component for the first time. That is what makes a delayed one run its constructor, which may
 * take long or never end: it has a thread of its own. Belongs to the thread that waits.
 */
final class FirstUse {
    /** How it is going. */
    enum State {
        SERVES,
        RUNS,
        FAILS
    }

    private final BundleContext context;
    private final long patienceNanos;
    private @Nullable CompletableFuture<Boolean> running;

    /**
     * Not begun.
     *
     * @param patienceNanos how long one look waits for the end
     */
    FirstUse(BundleContext context, long patienceNanos) {
        this.context = context;
        this.patienceNanos = patienceNanos;
    }

    /** Begins unless it runs, and waits for a moment. An interrupt is kept. */
    State of(ServiceReference<?>[] references) {
        CompletableFuture<Boolean> now = running;
        if (now == null) {
            now = CompletableFuture.supplyAsync(
                    () -> Arrays.stream(references).allMatch(this::serves), FirstUse::onItsOwnThread);
            running = now;
        }
        try {
            State state = now.get(patienceNanos, TimeUnit.NANOSECONDS) ? State.SERVES : State.FAILS;
            running = null;
            return state;
        } catch (TimeoutException e) {
            return State.RUNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return State.RUNS;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void onItsOwnThread(Runnable work) {
        Thread thread = new Thread(work, "culex-first-use");
        thread.setDaemon(true);
        thread.start();
    }

    private boolean serves(ServiceReference<?> reference) {
        Object service = context.getService(reference);
        if (service == null) {
            return false;
        }
        context.ungetService(reference);
        return true;
    }
}
