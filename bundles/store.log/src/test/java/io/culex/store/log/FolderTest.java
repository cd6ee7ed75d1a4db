// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.culex.api.store.MessageStore.State;
import io.culex.api.store.StoreLane;
import io.culex.store.log.append.Level;
import io.culex.store.log.append.Settings;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
    private static final long LIMIT_MILLIS = 20_000;

    private final Path folder;

    FolderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void makesFilesForTheOwnerOnly() throws Exception {
        Path made = folder.resolve("a/b");
        try (LogEngine store =
                LogEngine.open(new StoreFolder(made), new Settings(Level.FSYNC, 1 << 20, 1 << 20), new RecordedLog())) {
            store.lane(new Acks()).session(Stores.session(1));
            store.sync();
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
            try (Stream<Path> files = Files.list(made)) {
                for (Path file : files.toList()) {
                    assertEquals(
                            "rw-------",
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                            file.toString());
                }
            }
        }
    }

    @Test
    void refusesAFolderThatAStoreOfThisProcessHas() throws Exception {
        try (LogEngine store = Stores.open(folder)) {
            IOException refusal = assertThrows(IOException.class, () -> Stores.open(folder));
            assertEquals(
                    "Error: The store's folder " + folder + " is in use by a store of this process.",
                    refusal.getMessage());
            assertEquals(State.READY, store.state());
        }
        Stores.open(folder).close();
    }

    @Test
    void refusesAFolderThatAnotherProcessHas() throws Exception {
        try (Child child = new Child(folder)) {
            child.awaitKept(10);
            IOException refusal = assertThrows(IOException.class, () -> Stores.open(folder));
            assertEquals(
                    "Error: The store's folder " + folder + " is in use by process " + child.pid() + ".",
                    refusal.getMessage());
            child.awaitKept(child.kept() + 10);
        }
        Stores.open(folder).close();
    }

    @Test
    void refusesAFolderThatCannotBeWrittenTo() throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(file, "no folder");
        IOException refusal = assertThrows(IOException.class, () -> Stores.open(file));
        assertTrue(
                String.valueOf(refusal.getMessage())
                        .startsWith("Error: The store's folder " + file + " cannot be written to: "),
                refusal::toString);
    }

    @Test
    void refusesAReadOnlyFileSystem() throws Exception {
        assumeTrue(isRoot(), "needs root, to mount a file system");
        try (Mount mount = new Mount(folder, "4m")) {
            mount.remount("ro");
            IOException refusal = assertThrows(IOException.class, () -> Stores.open(folder));
            assertEquals(
                    "Error: The store's folder " + folder + " cannot be written to: " + "Read-only file system",
                    String.valueOf(refusal.getMessage()).replaceFirst("FileSystem .*: ", ""));
        }
    }

    @Test
    void goesOnWithAcknowledgementsOnAFullDiskAndComesBackByItself() throws Exception {
        assumeTrue(isRoot(), "needs root, to mount a file system");
        RecordedLog log = new RecordedLog();
        List<Long> ids = new ArrayList<>();
        try (Mount mount = new Mount(folder, "12m")) {
            assertEquals(folder, mount.at());
            Path inside = folder.resolve("store");
            Path ballast = folder.resolve("ballast");
            Settings settings = new Settings(Level.OS, 1 << 20, 1 << 20);
            try (LogEngine store = LogEngine.open(new StoreFolder(inside), settings, log)) {
                Stores.content(store);
                Acks acks = new Acks();
                StoreLane lane = store.lane(acks);
                lane.session(Stores.session(1));
                long operations = 1;
                // What another program puts on the same disk.
                Files.write(ballast, new byte[4 << 20]);
                while (store.state() == State.READY && operations < 100_000) {
                    ids.add(lane.newMessage());
                    lane.message(
                            Stores.message(ids.get(ids.size() - 1), "x".repeat(1000)), Stores.to(1), Stores.none());
                    operations++;
                    if (operations % 16 == 0) {
                        acks.await(operations);
                    }
                }
                assertEquals(State.FULL, store.state());
                acks.await(operations);
                assertTrue(log.errors().get(0).contains("is full"), log.errors()::toString);
                for (long id : ids.subList(0, 1000)) {
                    lane.done(1, id, 1, 0);
                    operations++;
                }
                acks.await(operations);
                assertEquals(State.FULL, store.state());
                Files.delete(ballast);
                await(store, State.READY);
            }
            Content content = Stores.contentOf(inside, new RecordedLog());
            assertEquals(
                    ids.subList(1000, ids.size()),
                    content.of(1).deliveries.stream()
                            .map(Content.Delivery::message)
                            .toList());
        }
    }

    @Test
    void keepsNothingBackWhenItIsFullToTheLastByte() throws Exception {
        assumeTrue(isRoot(), "needs root, to mount a file system");
        try (Mount mount = new Mount(folder, "6m")) {
            assertEquals(folder, mount.at());
            Path inside = folder.resolve("store");
            Path ballast = folder.resolve("ballast");
            RecordedLog log = new RecordedLog();
            long operations = 3001;
            try (LogEngine store =
                    LogEngine.open(new StoreFolder(inside), new Settings(Level.OS, 1 << 20, 1 << 20), log)) {
                Files.write(ballast, new byte[4 << 20]);
                Acks acks = new Acks();
                StoreLane lane = store.lane(acks);
                lane.session(Stores.session(1));
                for (int i = 1; i < operations; i++) {
                    lane.message(Stores.message(lane.newMessage(), "x".repeat(1000)), Stores.to(1), Stores.none());
                }
                await(store, State.FULL);
                assertTrue(acks.kept() < operations, "there is no room for all of it");
                Files.delete(ballast);
                acks.await(operations);
                await(store, State.READY);
            }
            assertEquals(3000, Stores.contentOf(inside, log).of(1).deliveries.size());
        }
    }

    @Test
    void saysOnceThatTheDiskIsFullAlsoWithoutAReserve() throws Exception {
        assumeTrue(isRoot(), "needs root, to mount a file system");
        try (Mount mount = new Mount(folder, "6m")) {
            assertEquals(folder, mount.at());
            Path ballast = folder.resolve("ballast");
            RecordedLog log = new RecordedLog();
            try (LogEngine store = Stores.open(folder.resolve("store"), log)) {
                Files.write(ballast, new byte[4 << 20]);
                Acks acks = new Acks();
                StoreLane lane = store.lane(acks);
                lane.session(Stores.session(1));
                for (int i = 0; i < 3000; i++) {
                    lane.message(Stores.message(lane.newMessage(), "x".repeat(1000)), Stores.to(1), Stores.none());
                }
                await(store, State.FULL);
                Files.delete(ballast);
                await(store, State.READY);
                acks.await(3001);
            }
            assertEquals(1, log.lines("is full").size(), log.errors()::toString);
            assertEquals(1, log.lines("has room again").size());
        }
    }

    /** A file that was just made has no header yet. */
    @Test
    void startsOnAFullDiskWithTheSpaceOfTheReserve() throws Exception {
        assumeTrue(isRoot(), "needs root, to mount a file system");
        Settings settings = new Settings(Level.OS, 1 << 20, 1 << 20);
        try (Mount mount = new Mount(folder, "6m")) {
            StoreFolder inside = new StoreFolder(mount.at().resolve("store"));
            LogEngine.open(inside, settings, new RecordedLog()).close();
            Files.createFile(inside.file(2));
            assertThrows(IOException.class, () -> Files.write(folder.resolve("ballast"), new byte[6 << 20]));
            RecordedLog log = new RecordedLog();
            try (LogEngine store = LogEngine.open(inside, settings, log)) {
                assertEquals(State.FULL, store.state());
                Files.delete(folder.resolve("ballast"));
                await(store, State.READY);
            }
            assertEquals(1, log.lines("is full").size(), log.errors()::toString);
        }
    }

    private static void await(LogEngine store, State state) {
        long end = System.currentTimeMillis() + LIMIT_MILLIS;
        while (store.state() != state && System.currentTimeMillis() < end) {
            Thread.onSpinWait();
        }
        assertEquals(state, store.state());
    }

    private static boolean isRoot() throws IOException {
        return "root".equals(Files.getOwner(Path.of("/proc/self")).getName());
    }

    /** A small file system of its own. */
    private record Mount(Path at) implements AutoCloseable {
        Mount(Path at, String size) throws IOException {
            this(at);
            assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", at.toString()) == 0,
                    "a file system can be mounted");
        }

        void remount(String option) throws IOException {
            assertEquals(0, run("mount", "-o", "remount," + option, at.toString()));
        }

        private static int run(String... command) throws IOException {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.onExit().orTimeout(20, TimeUnit.SECONDS).join().exitValue();
        }

        @Override
        public void close() throws IOException {
            assertEquals(0, run("umount", at.toString()));
        }
    }
}
