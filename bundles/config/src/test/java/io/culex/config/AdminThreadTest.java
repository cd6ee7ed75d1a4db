// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminThreadTest {
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final AdminThread admin = new AdminThread(failures::add);

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void runsWorkOfItsOwnAtOnce() throws Exception {
        assertEquals("done", admin.call(() -> admin.call(() -> "done")));
        assertTrue(admin.call(() -> admin.runAndWait(() -> {}, Duration.ofSeconds(1))));
    }

    @Test
    void reportsWhatWorkThrows() throws Exception {
        admin.run(() -> {
            throw new NoClassDefFoundError("broken");
        });
        Throwable failure = failures.poll(10, TimeUnit.SECONDS);
        assertEquals("java.lang.NoClassDefFoundError: broken", String.valueOf(failure));
    }

    @Test
    void waitsForALimitedTime() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        admin.run(() -> await(release));
        assertFalse(admin.runAndWait(() -> {}, Duration.ofMillis(20)));
        release.countDown();
        assertTrue(admin.runAndWait(() -> {}, Duration.ofSeconds(10)));
    }

    @Test
    void ignoresWorkAfterTheEnd() throws Exception {
        admin.close();
        admin.run(() -> failures.add(new IllegalStateException("ran")));
        assertTrue(admin.runAndWait(() -> failures.add(new IllegalStateException("ran")), Duration.ofSeconds(1)));
        assertEquals(0, failures.size());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
