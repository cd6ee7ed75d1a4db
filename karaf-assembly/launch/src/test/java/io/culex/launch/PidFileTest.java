// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @Test
    void isThereWhileTheBrokerRuns(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("culex.pid");
        PidFile pid = PidFile.write(file.toString());
        assertEquals(String.valueOf(ProcessHandle.current().pid()), Files.readString(file));
        pid.remove();
        assertFalse(Files.exists(file));
        pid.remove();
    }

    @Test
    void thatOfABrokerWhichHasStartedSinceStays(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("culex.pid");
        PidFile pid = PidFile.write(file.toString());
        Files.writeString(file, "1");
        pid.remove();
        assertEquals("1", Files.readString(file));
    }
}
