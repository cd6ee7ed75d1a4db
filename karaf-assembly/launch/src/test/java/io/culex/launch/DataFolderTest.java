// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    private final Path base;
    private final Map<String, String> temporary;

    DataFolderTest(@TempDir Path base) throws Exception {
        this.base = base.toRealPath();
        this.temporary = Map.of("XDG_RUNTIME_DIR", this.base.toString());
    }

    @Test
    void givesEachBrokerItsOwnAndTakesItBack() throws Exception {
        DataFolder first = DataFolder.open(temporary, "1");
        DataFolder second = DataFolder.open(temporary, "1");
        assertNotEquals(first.path(), second.path());
        assertEquals(base, first.path().getParent());
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(first.path())));

        Files.createDirectories(first.path().resolve("cache/bundle1"));
        Files.writeString(first.path().resolve("cache/bundle1/x"), "x");
        first.close();
        second.close();
        assertEquals(0, base.toFile().list().length);
    }

    @Test
    void usesAFolderOfTheMachineWhereTheVariablesNameNone() throws Exception {
        DataFolder folder = DataFolder.open(Map.of("XDG_RUNTIME_DIR", "/none", "TMPDIR", base.toString()), "1");
        assertEquals(base, folder.path().getParent());
        folder.close();
    }

    /** Else a service would never be ready: the library that tells the service manager cannot be loaded. */
    @Test
    void passesOverAFolderFromWhichNativeLibrariesCannotBeLoaded() throws Exception {
        Path first = Files.createDirectory(base.resolve("first"));
        Path second = Files.createDirectory(base.resolve("second"));
        Map<String, String> both = Map.of("XDG_RUNTIME_DIR", first.toString(), "TMPDIR", second.toString());
        assertEquals(first, DataFolder.base(both, path -> true));
        assertEquals(second, DataFolder.base(both, path -> !path.equals(first)));
        assertEquals(first, DataFolder.base(both, path -> false));
    }

    /** What lies in /tmp for days is removed by many systems, also under a broker that runs. */
    @Test
    void prefersTheFolderThatAServiceHasForItself() throws Exception {
        Path own = Files.createDirectory(base.resolve("own"));
        DataFolder folder =
                DataFolder.open(Map.of("CACHE_DIRECTORY", own.toString(), "XDG_RUNTIME_DIR", base.toString()), "1");
        assertEquals(own, folder.path().getParent());
        folder.close();
        assertEquals(0, own.toFile().list().length);
    }

    @Test
    void removesWhatAKilledBrokerLeftAndNothingElse() throws Exception {
        Path dead = broker("culex-run-dead", Instant.now().minusSeconds(600));
        Path starting = broker("culex-run-starting", Instant.now());
        Path other = Files.createDirectory(base.resolve("culex-run-other"));
        DataFolder.open(temporary, "1").close();
        assertFalse(Files.exists(dead));
        assertTrue(Files.exists(starting));
        assertTrue(Files.exists(other));
    }

    /** A broker that was ended while it started may have written after its folder was removed. */
    @Test
    void removesALeftFolderWithoutALockOnceItIsOld() throws Exception {
        Path left = Files.createDirectory(base.resolve("culex-run-left"));
        Files.createDirectories(left.resolve("cache/bundle1"));
        Path file = Files.createFile(base.resolve("culex-run-file"));
        for (Path old : List.of(left, file)) {
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(600)));
        }
        DataFolder.open(temporary, "1").close();
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(file));
    }

    /** A signal may end the process while Karaf installs its bundles: nobody stops those threads. */
    @Test
    void isRemovedAlsoWhenSomebodyStillWritesToIt() throws Exception {
        DataFolder folder = DataFolder.open(temporary, "1");
        AtomicInteger left = new AtomicInteger(2);
        folder.close(() -> {
            if (left.getAndDecrement() > 0) {
                assertFalse(Files.exists(folder.path()));
                assertTrue(folder.path().resolve("cache/late").toFile().mkdirs());
            }
        });
        assertEquals(0, base.toFile().list().length);
    }

    @Test
    void leavesAloneWhatAnotherUserHasMade() throws Exception {
        Path foreign = broker("culex-run-foreign", Instant.now().minusSeconds(600));
        assumeTrue(Files.getOwner(foreign).getName().equals("root"), "only root gives files away");
        Files.setOwner(
                foreign, base.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        DataFolder.open(temporary, "1").close();
        assertTrue(Files.exists(foreign));
    }

    @Test
    void brokersThatStartTogetherFindTheSameDeadOnesAndAllStart() throws Exception {
        for (int i = 0; i < 20; i++) {
            Path dead = broker("culex-run-dead" + i, Instant.now().minusSeconds(600));
            for (int file = 0; file < 100; file++) {
                Files.createFile(Files.createDirectories(dead.resolve("cache/bundle" + file))
                        .resolve("bundle.jar"));
            }
        }
        List<Process> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(java(Starter.class, base.toString()));
        }
        for (Process start : starts) {
            assertEquals(0, start.waitFor());
        }
        assertEquals(0, base.toFile().list().length);
    }

    /** A broker that starts and ends. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] args) throws Exception {
            DataFolder.open(Map.of("XDG_RUNTIME_DIR", args[0]), "1").close();
        }
    }

    private static Process java(Class<?> main, String argument) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), main.getName(), argument)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void keepsTheFolderThatIsToBeKept() throws Exception {
        Path keep = base.resolve("a/b");
        DataFolder folder = DataFolder.open(Map.of("CULEX_DATA", keep.toString()), "1");
        Files.writeString(folder.path().resolve("x"), "x");
        folder.close();
        assertTrue(Files.exists(keep.resolve("x")));
    }

    @Test
    void forgetsTheBundlesOfAnotherInstallation() throws Exception {
        Map<String, String> keep = Map.of("CULEX_DATA", base.toString());
        Path bundle = base.resolve("cache/bundle1");
        Path log = Files.createDirectories(base.resolve("log"));
        DataFolder first = DataFolder.open(keep, "1");
        Files.createDirectories(bundle);
        first.installed();
        first.close();
        DataFolder.open(keep, "1").close();
        assertTrue(Files.exists(bundle));
        DataFolder.open(keep, "2").close();
        assertFalse(Files.exists(bundle));
        assertTrue(Files.exists(log));
    }

    /** Karaf would go on with those that are there, and the broker would wait for the rest for ever. */
    @Test
    void forgetsTheBundlesOfAStartThatWasKilledBeforeAllWereInstalled() throws Exception {
        Map<String, String> keep = Map.of("CULEX_DATA", base.toString());
        DataFolder killed = DataFolder.open(keep, "1");
        Path bundle = Files.createDirectories(base.resolve("cache/bundle1"));
        killed.close();
        DataFolder.open(keep, "1").close();
        assertFalse(Files.exists(bundle));
    }

    @Test
    void refusesAFolderThatAnotherBrokerUses() throws Exception {
        Process holder = java(Holder.class, base.resolve("culex.lock").toString());
        assertEquals('L', holder.getInputStream().read());
        LaunchException refusal =
                assertThrows(LaunchException.class, () -> DataFolder.open(Map.of("CULEX_DATA", base.toString()), "1"));
        holder.destroy();
        holder.waitFor();
        assertEquals("Error: Another broker uses the data folder " + base + ".", refusal.getMessage());
        DataFolder.open(Map.of("CULEX_DATA", base.toString()), "1").close();
    }

    /** Another process that holds the lock until it is ended. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] args) throws Exception {
            try (FileChannel channel =
                    FileChannel.open(Path.of(args[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                System.out.print('L');
                System.out.flush();
                System.in.read();
            }
        }
    }

    private Path broker(String name, Instant since) throws Exception {
        Path folder = Files.createDirectory(base.resolve(name));
        Path lock = Files.createFile(folder.resolve("culex.lock"));
        Files.setLastModifiedTime(lock, FileTime.from(since));
        return folder;
    }
}
