// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for answers of the broker, for a bounded time. */
final class Answers {
    private static final int SECONDS = 60;

    private Answers() {}

    /** The answer, or the reason why there is none. */
    static <T> T of(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception reason ? reason : e;
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer within " + SECONDS + " seconds", e);
        }
    }
}
