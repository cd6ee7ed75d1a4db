// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.store.Kept;
import io.culex.api.store.StoreLane;
import io.culex.store.log.append.Level;
import io.culex.store.log.append.Settings;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.RecordedLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** How long it takes until a message is kept, at a fixed rate. */
record PacedBench(Level level, int rate) {
    private static final int SECONDS = 10;
    private static final int WARM_UP = 3;

    void run(Path folder) throws Exception {
        StoreBench.delete(folder);
        int count = rate * SECONDS;
        long[] begun = new long[count + 2];
        long[] took = new long[count + 2];
        try (LogEngine store =
                LogEngine.open(new StoreFolder(folder), new Settings(level, 64 << 20, 16 << 20), new RecordedLog())) {
            Stores.content(store);
            Acks acks = new Acks();
            StoreLane lane = store.lane(new Kept() {
                private int last;

                @Override
                public void kept(long operation) {
                    long now = System.nanoTime();
                    while (last < operation) {
                        last++;
                        took[last] = now - begun[last];
                    }
                    acks.kept(operation);
                }

                @Override
                public void failed(Throwable cause) {
                    acks.failed(cause);
                }
            });
            lane.session(Stores.session(1));
            String payload = "x".repeat(256);
            long start = System.nanoTime();
            for (int n = 0; n < count; n++) {
                long due = start + n * 1_000_000_000L / rate;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                begun[n + 2] = System.nanoTime();
                lane.message(Stores.message(lane.newMessage(), payload), Stores.to(1), Stores.none());
            }
            acks.await(count + 1);
        }
        long[] sorted = Arrays.copyOfRange(took, rate * WARM_UP, took.length);
        Arrays.sort(sorted);
        System.out.printf(
                "%s, %d/s: kept after %.0f us (median), %.0f us (99 %%), %.0f us (longest)%n",
                level,
                rate,
                sorted[sorted.length / 2] / 1e3,
                sorted[sorted.length * 99 / 100] / 1e3,
                sorted[sorted.length - 1] / 1e3);
    }
}
