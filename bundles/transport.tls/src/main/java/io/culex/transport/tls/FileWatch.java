// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has each listener in use look at its files, again and again. Looking works on every file system and follows links to
 * wherever they lead by then. Any thread.
 */
final class FileWatch implements AutoCloseable {
    private final List<TlsPassage> passages = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread;

    /** Looks every so many milliseconds. */
    FileWatch(long periodMillis) {
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watch = new Thread(task, "culex-tls-files");
            watch.setDaemon(true);
            return watch;
        });
        thread.scheduleWithFixedDelay(this::look, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    void add(TlsPassage passage) {
        passages.add(passage);
    }

    void remove(TlsPassage passage) {
        passages.remove(passage);
    }

    /** Those in use. */
    List<TlsPassage> passages() {
        return passages;
    }

    private void look() {
        for (TlsPassage passage : passages) {
            try {
                passage.look();
            } catch (RuntimeException | Error e) {
                // An error, too, is one listener's: the thread would never look again.
                passage.failedToLook(e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
