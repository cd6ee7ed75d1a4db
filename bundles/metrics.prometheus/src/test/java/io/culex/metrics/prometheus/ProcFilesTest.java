// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFilesTest {
    private static final String FIELDS = " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 8192000 25 99";

    private final Path folder;

    ProcFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsFieldsBehindANameThatMayHoldAnything() throws IOException {
        Files.writeString(folder.resolve("stat"), "42 (a ) b (c) S" + FIELDS);
        ProcFiles files = new ProcFiles(folder);
        assertEquals(OptionalDouble.of(8_192_000), files.virtualBytes());
    }

    @Test
    void readsTheResidentSizeWhateverAPageIs() throws IOException {
        Files.writeString(folder.resolve("status"), "Name:\tjava\nVmHWM:\t  200 kB\nVmRSS:\t  100 kB\nThreads:\t9\n");
        assertEquals(OptionalDouble.of(102_400), new ProcFiles(folder).residentBytes());
    }

    @Test
    void readsSoftLimits() throws IOException {
        Files.writeString(
                folder.resolve("limits"),
                """
                Limit                     Soft Limit           Hard Limit           Units
                Max open files            1024                 524288               files
                Max address space         unlimited            unlimited            bytes
                """);
        ProcFiles files = new ProcFiles(folder);
        assertEquals(OptionalDouble.of(1024), files.limit("Max open files"));
        assertEquals(OptionalDouble.of(Double.POSITIVE_INFINITY), files.limit("Max address space"));
        assertEquals(OptionalDouble.empty(), files.limit("Max other things"));
    }

    @Test
    void whatTheMachineDoesNotTellIsLeftOut() {
        ProcFiles files = new ProcFiles(folder.resolve("none"));
        assertEquals(OptionalDouble.empty(), files.virtualBytes());
        assertEquals(OptionalDouble.empty(), files.residentBytes());
        assertEquals(OptionalDouble.empty(), files.openFiles());
        assertEquals(OptionalDouble.empty(), files.limit("Max open files"));
    }
}
