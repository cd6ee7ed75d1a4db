// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.StoreLane;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations, compared with a model that keeps everything in maps. */
class ModelTest {
    private final Path folder;

    ModelTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void holdsWhatTheModelHoldsThroughCleaningAndRestarts(long seed) throws Exception {
        RandomOperations operations = new RandomOperations(new Random(seed));
        RecordedLog log = new RecordedLog();
        for (int run = 0; run < 6; run++) {
            try (LogEngine store = Stores.open(folder, log)) {
                assertEquals(
                        operations.model().toString(), Stores.content(store).toString(), "run " + run);
                perform(store, operations, 2500);
            }
        }
        assertEquals(
                operations.model().toString(), Stores.contentOf(folder, log).toString());
        assertEquals(List.of(), log.errors());
        List<Path> segments = Stores.segments(folder);
        assertTrue(number(segments.get(0)) > 3, "nothing was cleaned: " + segments);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void holdsWhatWasWrittenBeforeTheByteAtWhichTheFileEnds(long seed) throws Exception {
        Random random = new Random(seed);
        RandomOperations operations = new RandomOperations(random);
        List<String> states = new ArrayList<>();
        states.add(operations.model().toString());
        try (LogEngine store = Stores.open(folder)) {
            StoreLane lane = store.lane(new Acks());
            StoreLane other = store.lane(new Acks());
            for (int i = 0; i < 1200; i++) {
                operations.next(random.nextBoolean() ? lane : other);
                states.add(operations.model().toString());
            }
        }
        Path copy = folder.resolveSibling(folder.getFileName() + "-copy");
        int last = states.size();
        for (int cut = 0; cut < 40; cut++) {
            copyCut(copy, random);
            RecordedLog log = new RecordedLog();
            String found = Stores.contentOf(copy, log).toString();
            assertTrue(states.contains(found), () -> "no state of the model: " + found);
            assertEquals(List.of(), log.errors());
            last = Math.min(last, states.indexOf(found));
            assertEquals(found, Stores.contentOf(copy, log).toString(), "opened again");
            delete(copy);
        }
        assertTrue(last < states.size() - 1, "at least one cut has taken something away");
    }

    private static int number(Path segment) {
        return Integer.parseInt(segment.getFileName().toString().substring(0, 8), 16);
    }

    /** The last files as a crash could have left them: each is cut later than all before it. */
    private void copyCut(Path copy, Random random) throws IOException {
        Files.createDirectories(copy);
        List<Path> segments = Stores.segments(folder);
        int last = random.nextInt(segments.size());
        for (int i = 0; i <= last; i++) {
            Files.copy(segments.get(i), copy.resolve(segments.get(i).getFileName()));
        }
        Path file = copy.resolve(segments.get(last).getFileName());
        long size = Files.size(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(4096 + (long) (random.nextDouble() * (size - 4096)));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void perform(LogEngine store, RandomOperations operations, int count) throws InterruptedException {
        Acks acks = new Acks();
        StoreLane lane = store.lane(acks);
        for (int i = 1; i <= count; i++) {
            operations.next(lane);
            if (i % 50 == 0) {
                acks.await(i);
            }
        }
    }
}
