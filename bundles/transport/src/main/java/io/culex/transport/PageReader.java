// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reads files that were asked for over HTTP, which would block an event loop. Has no thread until someone asks. Any thread. */
public final class PageReader implements AutoCloseable {
    private static final int WAITING_REQUESTS = 1000;
    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor thread;

    /** Nobody has asked yet. */
    public PageReader() {
        thread = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_REQUESTS), task -> {
                    Thread made = new Thread(task, "culex-http-files");
                    made.setDaemon(true);
                    return made;
                });
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Looks for a file.
     *
     * @param look runs on this reader's thread and may block
     * @param answer is given what was found, on that thread
     * @return false when too many wait already
     */
    public boolean read(Supplier<Optional<StaticFiles.Page>> look, Consumer<Optional<StaticFiles.Page>> answer) {
        try {
            thread.execute(() -> answer.accept(look.get()));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Ends the thread; who waits gets no answer. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
