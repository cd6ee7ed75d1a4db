// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Stands between the broker and one plugin: every call goes through it. Counts calls and failures; an exception never escapes,
 * it becomes the refusal that the caller names.
 */
final class Guard {
    private final String plugin;
    private final BrokerLog log;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();

    Guard(String plugin, BrokerLog log) {
        this.plugin = plugin;
        this.log = log;
    }

    String plugin() {
        return plugin;
    }

    /** Calls of the plugin that have not come back; it may go when there are none. */
    int inFlight() {
        return inFlight.get();
    }

    long calls() {
        return calls.sum();
    }

    long failures() {
        return failures.sum();
    }

    <T> T call(Supplier<T> question, T refusal) {
        calls.increment();
        inFlight.incrementAndGet();
        try {
            return question.get();
        } catch (RuntimeException | LinkageError e) {
            failed(e);
            return refusal;
        } finally {
            inFlight.decrementAndGet();
        }
    }

    void failed(Throwable cause) {
        failures.increment();
        log.log(LogType.ERROR, "Error: Plugin " + plugin + " failed, which counts as a refusal: " + cause);
    }
}
