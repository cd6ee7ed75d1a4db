// SPDX-License-Identifier: Apache-2.0
package io.culex.process;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The clean stop: the broker says goodbye to its clients, then the framework ends. Once. */
final class Stop {
    /** The broker bounds its goodbye itself; this is for one that does not keep its word. */
    private static final long LIMIT_SECONDS = 12;

    private final String version;
    private final BrokerLog log;
    private final Supplier<@Nullable BrokerAdmin> admin;
    private final Runnable framework;
    private final AtomicBoolean begun = new AtomicBoolean();

    Stop(String version, BrokerLog log, Supplier<@Nullable BrokerAdmin> admin, Runnable framework) {
        this.version = version;
        this.log = log;
        this.admin = admin;
        this.framework = framework;
    }

    /** Begins to stop on a thread of its own. */
    void begin() {
        if (begun.compareAndSet(false, true)) {
            new Thread(this::run, "culex-stop").start();
        }
    }

    private void run() {
        log.log(LogType.INFORMATION, "culex version " + version + " terminating");
        goodbye();
        framework.run();
    }

    /** Whatever comes of it, the framework ends after it: nobody can ask for a stop twice. */
    private void goodbye() {
        try {
            BrokerAdmin broker = admin.get();
            if (broker != null) {
                broker.stop().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            log.log(LogType.ERROR, "Error: The broker did not stop cleanly: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
