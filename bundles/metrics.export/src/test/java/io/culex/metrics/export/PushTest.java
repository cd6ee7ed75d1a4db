// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.culex.api.log.SwitchableLog;
import io.culex.api.metrics.MetricSources;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PushTest {
    private static WeakReference<Push> runAndClose() throws InterruptedException {
        PushSettings settings = new PushSettings("influxdb", Duration.ofHours(1), 1, 1);
        Push push = new Push(
                settings,
                new MetricSources(line -> {}),
                new SwitchableLog(),
                (families, time) -> new Update(new byte[0], 0),
                threads -> new HttpPost(URI.create("http://127.0.0.1:1"), Map.of(), null, threads));
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
