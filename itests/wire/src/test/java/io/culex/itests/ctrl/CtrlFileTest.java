// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.ctrl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code culex_ctrl} without a broker: new files, files that are changed, and what it keeps for a quicker start. */
class CtrlFileTest {
    @Test
    void mosquittoTakesTheFileThatOursMakesAndChanges() throws IOException {
        try (Mosquitto mosquitto = Mosquitto.prepare()) {
            Ctrl ctrl = new Ctrl(Path.of(mosquitto.path("")));
            String file = mosquitto.file();
            ctrl.dynsec("init", file, "boss", "first").well();
            assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))));
            Ctrl offline = ctrl.with("-f", file);
            offline.dynsec("setClientPassword", "boss", Mosquitto.PASSWORD, "-i", "101")
                    .well();
            offline.dynsec("createRole", "r", "--acl", "publishClientSend", "a/#", "allow")
                    .well();
            offline.dynsec("createClient", "bob", "-p", "x", "--role", "r:5").well();
            assertEquals("bob\nboss\n", offline.dynsec("listClients").well().out());
            offline.dynsec("getClient", "eve").badly(4, "getClient: Error: Client not found.");
            assertEquals(
                    "Access: allow\nBy:     acl\nRole:   r\nACL:    publishClientSend    : allow : a/# (priority: 0)\n",
                    offline.dynsec("explain", "publishClientSend", "a/b", "-u", "bob")
                            .well()
                            .out());

            mosquitto.run();
            assertEquals("bob\nboss\n", mosquitto.boss().debians("listClients").out());
            assertTrue(mosquitto.boss().dynsec("getClient", "bob").well().out().contains("r (priority: 5)"));
        }
    }

    @Test
    void startsQuickerTheSecondTimeAndForgivesABrokenArchive(@TempDir Path folder) throws IOException {
        String file = folder.resolve("file").toString();
        Ctrl fresh =
                new Ctrl(folder).in("XDG_CACHE_HOME", folder.resolve("cache").toString());
        Ctrl ctrl = fresh.with("-f", file);
        fresh.dynsec("init", file, "boss", "x").well();
        Path archive = onlyArchive(folder);
        assertEquals("boss\n", ctrl.dynsec("listClients").well().out());
        assertEquals(archive, onlyArchive(folder));

        Files.delete(archive);
        Files.writeString(archive, "this is no archive");
        Ctrl.Result result = ctrl.dynsec("listClients").well();
        assertEquals(new Ctrl.Result(0, "boss\n", ""), result);

        Ctrl nowhere = ctrl.in("XDG_CACHE_HOME", "/proc/none");
        assertEquals(new Ctrl.Result(0, "boss\n", ""), nowhere.dynsec("listClients"));
    }

    private static Path onlyArchive(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache/culex"))) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), all::toString);
            return all.get(0);
        }
    }
}
