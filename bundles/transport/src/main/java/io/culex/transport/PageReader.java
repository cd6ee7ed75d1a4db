// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads files that were asked for over HTTP, which would block an event loop. A request has one of its places until its file is
 * closed; so many files are open at most, with a piece of each in memory. Has no thread until someone asks. Any thread.
 */
public final class PageReader implements AutoCloseable {
    private static final int PLACES = 500;
    private static final int IDLE_SECONDS = 30;

    private final Semaphore places;
    private final ThreadPoolExecutor thread;

    /** Nobody has asked yet. */
    public PageReader() {
        this(PLACES);
    }

    PageReader(int places) {
        this.places = new Semaphore(places);
        thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
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
     * @param answer is given what was found, on that thread, and then has to see that it is sent or closed
     * @return false when there is no place
     */
    public boolean read(Supplier<Optional<StaticFiles.OpenFile>> look, Consumer<Optional<Page>> answer) {
        if (!places.tryAcquire()) {
            return false;
        }
        boolean runs = run(() -> find(look, answer));
        if (!runs) {
            places.release();
        }
        return runs;
    }

    private void find(Supplier<Optional<StaticFiles.OpenFile>> look, Consumer<Optional<Page>> answer) {
        Optional<StaticFiles.OpenFile> file = Optional.empty();
        try {
            file = look.get();
        } finally {
            if (file.isEmpty()) {
                places.release();
            }
        }
        send(file, answer);
    }

    private void send(Optional<StaticFiles.OpenFile> file, Consumer<Optional<Page>> answer) {
        try {
            answer.accept(file.map(found -> new Page(this, found)));
        } catch (RejectedExecutionException loopGone) {
            // The connection went with its loop.
            file.ifPresent(this::close);
        }
    }

    /** Does something on the thread; false when that has ended. */
    boolean run(Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException over) {
            return false;
        }
    }

    /** Closes a file and gives up its place. */
    void close(StaticFiles.OpenFile file) {
        try {
            file.channel().close();
        } catch (IOException e) {
            // Nothing was written to it that could be lost.
        }
        places.release();
    }

    /** Ends the thread when it has done what it was given; what is being sent is not sent to its end. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
