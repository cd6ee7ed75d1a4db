// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class HangupSignalTest {
    @Test
    void runsItsActionAtEverySignal() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        HangupSignal signal = new HangupSignal(twice::countDown);
        hangUp();
        await(twice, 1);
        hangUp();
        assertTrue(twice.await(10, TimeUnit.SECONDS));
        signal.close();
    }

    /** The system may melt two pending signals of a kind into one. */
    private static void await(CountDownLatch latch, long count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (latch.getCount() != count && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    private static void hangUp() throws Exception {
        String pid = String.valueOf(ProcessHandle.current().pid());
        assertTrue(new ProcessBuilder("kill", "-HUP", pid).start().waitFor(10, TimeUnit.SECONDS));
    }
}
