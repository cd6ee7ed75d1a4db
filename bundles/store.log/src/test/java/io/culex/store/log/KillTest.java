// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.StoredMessage;
import io.culex.testkit.RecordedLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final int ROUNDS = 6;

    @Test
    void losesNothingThatWasKeptWhenTheProcessIsKilled(@TempDir Path base) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            Path folder = base.resolve("round" + round);
            long kept;
            try (Child child = new Child(folder)) {
                child.awaitKept(round * 777L);
                kept = child.kill();
            }
            RecordedLog log = new RecordedLog();
            check(folder, kept, log);
            assertEquals(List.of(), log.errors());
        }
    }

    private static void check(Path folder, long kept, RecordedLog log) throws Exception {
        try (LogEngine store = Stores.open(folder, log)) {
            List<Content.Delivery> deliveries = Stores.content(store).of(1).deliveries;
            long[] ids =
                    deliveries.stream().mapToLong(Content.Delivery::message).toArray();
            CompletableFuture<List<@Nullable StoredMessage>> loaded = new CompletableFuture<>();
            store.lane(new Acks()).load(ids, loaded::complete);
            long expected = 5;
            for (StoredMessage message : loaded.get(30, TimeUnit.SECONDS)) {
                String payload = message == null ? "" : new String(message.payload(), StandardCharsets.US_ASCII);
                long number = Long.parseLong(payload.substring(0, 12));
                if (number <= kept) {
                    assertEquals(expected, number, "in order, and none missing");
                    expected += 5;
                }
            }
            assertTrue(expected > kept - 5, "found up to " + expected + " of " + kept);
        }
    }
}
