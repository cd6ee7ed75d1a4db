// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.log.SwitchableLog;
import io.culex.api.metrics.MetricSources;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PushTest {
    private static Push push(Duration interval, Push.Encoder encoder) {
        return new Push(
                new PushSettings("influxdb", interval, 1, 1),
                new MetricSources(line -> {}),
                new SwitchableLog(),
                encoder,
                threads -> new HttpPost(URI.create("http://127.0.0.1:1"), Map.of(), null, threads));
    }

    @Test
    void anErrorInOneReadingDoesNotEndTheReadings() throws InterruptedException {
        CountDownLatch read = new CountDownLatch(3);
        Push push = push(Duration.ofMillis(10), (families, time) -> {
            read.countDown();
            throw new AssertionError("of the test");
        });
        push.start();
        try {
            assertTrue(read.await(10, TimeUnit.SECONDS));
        } finally {
            push.close();
        }
    }

    private static WeakReference<Push> runAndClose() throws InterruptedException {
        Push push = push(Duration.ofHours(1), (families, time) -> new Update(new byte[0], 0));
        push.start();
        push.close();
        return new WeakReference<>(push);
    }

    /** The JDK's client has a thread that runs for as long as somebody can reach the client. */
    @Test
    void whenClosedNoThreadHoldsIt() throws Exception {
        WeakReference<Push> closed = runAndClose();
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (closed.get() != null) {
                System.gc();
                Thread.yield();
            }
        });
    }
}
