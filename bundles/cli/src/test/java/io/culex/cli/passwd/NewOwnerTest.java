// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
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

        for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("PUID", "nobody"))) {
            NewOwner.in(environment).take(file);

            assertEquals(maker, Files.getAttribute(file, "unix:uid"));
            assertEquals(Files.getAttribute(folder, "unix:gid"), Files.getAttribute(file, "unix:gid"));
        }
    }
}
