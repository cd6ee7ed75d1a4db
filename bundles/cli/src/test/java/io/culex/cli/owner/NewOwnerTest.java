// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.owner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What root may do is in the test of the container image. */
class NewOwnerTest {
    @Test
    void isWhomTheVariablesName() {
        assertEquals(new NewOwner("1883", "1884"), NewOwner.in(Map.of("PUID", "1883", "PGID", "1884")));
        assertEquals(new NewOwner("1883", "1883"), NewOwner.in(Map.of("PUID", "1883")));
    }

    @Test
    void leavesTheFileToItsMakerWhenNobodyIsNamed(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("passwords"));
        Object maker = Files.getAttribute(file, "unix:uid");

        List<String> warnings = new ArrayList<>();
        NewOwner.in(Map.of()).take(file, warnings::add);
        assertEquals(List.of(), warnings);
        NewOwner.in(Map.of("PUID", "nobody", "PGID", "7")).take(file, warnings::add);

        assertEquals(maker, Files.getAttribute(file, "unix:uid"));
        assertEquals(Files.getAttribute(folder, "unix:gid"), Files.getAttribute(file, "unix:gid"));
        assertEquals(
                List.of("Warning: " + file + " belongs to who made it: PUID nobody and PGID 7 must be numbers."),
                warnings);
    }

    @Test
    void saysThatAFileThatIsGoneCannotBeGiven(@TempDir Path folder) {
        Path file = folder.resolve("missing");
        List<String> warnings = new ArrayList<>();

        NewOwner.in(Map.of("PUID", "1883")).take(file, warnings::add);

        assertEquals(1, warnings.size());
        assertTrue(
                warnings.get(0)
                        .startsWith("Warning: " + file + " belongs to who made it, not to PUID 1883 and PGID 1883: "),
                warnings.get(0));
    }
}
