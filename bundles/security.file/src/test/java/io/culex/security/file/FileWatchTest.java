// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.testkit.RecordedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
    @Test
    @Timeout(20)
    void beginsWhereItIsAskedForAndEndsWithTheFile(@TempDir Path folder) throws Exception {
        Path path = Files.writeString(folder.resolve("numbers"), "1");
        RuleFile<List<Integer>> watched = new RuleFile<>(path, new Numbers(), new RecordedLog());
        RuleFile<List<Integer>> unwatched = new RuleFile<>(path, new Numbers(), new RecordedLog());
        unwatched.start("unwatched", false);
        watched.start("watched", true);
        Files.writeString(path, "12");
        while (watched.changes() == 0) {
            Thread.onSpinWait();
        }
        watched.close();
        unwatched.close();

        assertEquals(List.of(12), watched.content());
        assertEquals(List.of(1), unwatched.content());
    }

    @Test
    @Timeout(20)
    void takesAChangeByItself(@TempDir Path folder) throws Exception {
        Path path = Files.writeString(folder.resolve("numbers"), "1");
        RuleFile<List<Integer>> file = new RuleFile<>(path, new Numbers(), new RecordedLog());

        FileWatch watch = new FileWatch("test", file, Duration.ofMillis(5));
        try {
            Files.writeString(path, "12");
            while (file.changes() == 0) {
                Thread.onSpinWait();
            }
        } finally {
            watch.close();
        }

        assertEquals(List.of(12), file.content());
    }
}
