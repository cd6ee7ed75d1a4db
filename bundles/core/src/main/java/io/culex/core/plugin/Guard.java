// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.admin.PluginInfo;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Stands between the broker and one plugin: every call goes through it. Counts calls and failures; nothing that is thrown
 * escapes, it becomes the refusal that the caller names.
 */
final class Guard {
    private final String plugin;
    private final BrokerLog log;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean gone;

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

    /** It is asked no more: whoever has an old gate still gets a refusal, which is void as that gate is. */
    void letGo() {
        gone = true;
    }

    long calls() {
        return calls.sum();
    }

    long failures() {
        return failures.sum();
    }

    /** Time that all calls took, until their answers came, in nanoseconds. */
    long nanos() {
        return nanos.sum();
    }

    /** Its answers that refused somebody something. */
    long refusals() {
        return refusals.sum();
    }

    /** What an operator sees of it. */
    PluginInfo.Usage usage() {
        long count = calls();
        return new PluginInfo.Usage(count, count == 0 ? 0 : nanos() / count, refusals(), failures());
    }

    /** An answer refuses somebody something. */
    void refused() {
        refusals.increment();
    }

    <T> T call(Supplier<T> question, T refusal) {
        long begin = System.nanoTime();
        T answer = ask(question, refusal);
        nanos.add(System.nanoTime() - begin);
        return answer;
    }

    /** Also an error of the machine, or an exception that is not declared, is the plugin's: nobody above it knows what to do. */
    private <T> T ask(Supplier<T> question, T refusal) {
        inFlight.incrementAndGet();
        try {
            if (gone) {
                return refusal;
            }
            calls.increment();
            T answer = question.get();
            return answer == null ? nothing(refusal) : answer;
        } catch (Throwable e) {
            failed(e);
            return refusal;
        } finally {
            inFlight.decrementAndGet();
        }
    }

    /** A question whose answer comes later; until it has come, the plugin is not let go. Never completes exceptionally. */
    <T> CompletionStage<T> callAsync(Supplier<CompletionStage<T>> question, T refusal) {
        long begin = System.nanoTime();
        inFlight.incrementAndGet();
        CompletionStage<T> stage = ask(question, CompletableFuture.completedFuture(refusal));
        return stage.handle((answer, failure) -> {
            inFlight.decrementAndGet();
            nanos.add(System.nanoTime() - begin);
            if (failure != null) {
                failed(failure);
                return refusal;
            }
            return answer == null ? nothing(refusal) : answer;
        });
    }

    private <T> T nothing(T refusal) {
        failed(new NullPointerException("it answered null"));
        return refusal;
    }

    void failed(Throwable cause) {
        failures.increment();
        log.log(LogType.ERROR, "Error: Plugin " + plugin + " failed, which counts as a refusal: " + cause);
    }
}
