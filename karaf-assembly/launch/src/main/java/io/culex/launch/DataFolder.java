// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that Karaf writes to, one for each running broker, so that any number of them run from one installation. It is
 * temporary and goes with the broker, unless {@code CULEX_DATA} names one to keep.
 */
final class DataFolder {
    private static final String PREFIX = "culex-run-";
    private static final String LOCK = "culex.lock";

    /** Whose bundles Karaf remembers in the folder; there since all of them were. */
    private static final String MARK = "installation";

    /** A folder that is younger may belong to a broker that is about to lock it. */
    private static final Duration STALE_AFTER = Duration.ofMinutes(1);

    private static final int DELETE_PASSES = 5;

    /** The folder is gone when it was not there at so many looks in turn. */
    private static final int QUIET_LOOKS = 3;

    private static final int MOST_LOOKS = 50;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Path path;
    private final String installation;
    private final boolean kept;
    private final FileLock lock;

    private DataFolder(Path path, String installation, boolean kept, FileLock lock) {
        this.path = path;
        this.installation = installation;
        this.kept = kept;
        this.lock = lock;
    }

    /**
     * Makes the folder, and removes those of brokers that were killed.
     *
     * @param installation names the bundles that are started; what Karaf remembers of others is forgotten
     * @throws LaunchException when it cannot be made, or another broker uses it
     */
    static DataFolder open(Map<String, String> environment, String installation) throws LaunchException {
        @Nullable String keep = environment.get("CULEX_DATA");
        try {
            if (keep != null && !keep.isEmpty()) {
                Path path = Files.createDirectories(Path.of(keep)).toRealPath();
                FileLock lock = lock(path);
                forgetOther(path, installation);
                return new DataFolder(path, installation, true, lock);
            }
            Path base = base(environment);
            removeStale(base);
            Path path = Files.createTempDirectory(base, PREFIX);
            return new DataFolder(path, installation, false, lock(path));
        } catch (IOException e) {
            throw new LaunchException("Error: Unable to make a data folder: " + e, e);
        }
    }

    /** Also what a start has left that was killed: Karaf installs its bundles when it remembers none, and never the rest of them. */
    private static void forgetOther(Path path, String installation) throws IOException {
        Path mark = path.resolve(MARK);
        if (!Files.exists(mark) || !Files.readString(mark).equals(installation)) {
            Files.deleteIfExists(mark);
            delete(path.resolve("cache"));
        }
    }

    private static Path base(Map<String, String> environment) throws IOException {
        Path base = base(environment, DataFolder::runsPrograms);
        if (!runsPrograms(base)) {
            System.err.println("Warning: Nothing may be run from " + base
                    + " (noexec), so the broker does without native libraries"
                    + " and the service manager hears nothing of it; TMPDIR or CULEX_DATA may name another folder.");
        }
        return base;
    }

    /**
     * Where temporary folders are made: a service's own folder first, which nobody tidies up while the broker runs. What unpacks
     * native libraries there must be able to load them.
     *
     * @param runs whether programs may be run from a folder; where that is nowhere, the first that can be written to serves
     */
    static Path base(Map<String, String> environment, Predicate<Path> runs) throws IOException {
        Path machine = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        List<Path> bases = new ArrayList<>();
        for (String variable : List.of("CACHE_DIRECTORY", "XDG_RUNTIME_DIR", "TMPDIR")) {
            Path base = Path.of(environment.getOrDefault(variable, ""));
            if (base.isAbsolute() && Files.isDirectory(base) && Files.isWritable(base)) {
                bases.add(base.toRealPath());
            }
        }
        bases.add(machine);
        return bases.stream().filter(runs).findFirst().orElse(bases.get(0));
    }

    /** Not from a file system that is mounted {@code noexec}, where the kernel says of no file that it may be run. */
    private static boolean runsPrograms(Path folder) {
        try {
            Path file = Files.createTempFile(
                    folder,
                    "culex-",
                    ".exec",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                return Files.isExecutable(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            // What is wrong with the folder is said when the broker's own is made there.
            return false;
        }
    }

    private static FileLock lock(Path path) throws IOException, LaunchException {
        FileLock lock = tryLock(path);
        if (lock == null) {
            throw new LaunchException("Error: Another broker uses the data folder " + path + ".");
        }
        return lock;
    }

    private static @Nullable FileLock tryLock(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
        }
        return lock;
    }

    /** The lock tells the dead from the living also where process ids do not, as between containers. */
    private static void removeStale(Path base) throws IOException {
        Instant limit = Instant.now().minus(STALE_AFTER);
        Optional<Integer> user = user();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(base, PREFIX + "*")) {
            for (Path folder : folders) {
                Path file = folder.resolve(LOCK);
                if (isOf(user, folder) && (Files.isWritable(file) || isLeftWithoutLock(folder, limit))) {
                    removeStale(folder, file, limit);
                }
            }
        }
    }

    /** A broker that was ended while it started can have written after it removed the folder, and the lock with it. */
    private static boolean isLeftWithoutLock(Path folder, Instant limit) throws IOException {
        try {
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.notExists(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)
                    && Files.getLastModifiedTime(folder).toInstant().isBefore(limit);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** What is removed of somebody else's could be led elsewhere by a link meanwhile. */
    private static boolean isOf(Optional<Integer> user, Path folder) throws IOException {
        try {
            return user.isEmpty()
                    || user.get().equals(Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** As whom this process acts; empty where the kernel does not say so. */
    private static Optional<Integer> user() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .map(line -> Integer.valueOf(line.split("\\s+", -1)[2]))
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** Brokers that start together find the same folders: one takes it and the others go on. */
    private static void removeStale(Path folder, Path file, Instant limit) {
        boolean old = Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            old |= Files.getLastModifiedTime(file).toInstant().isBefore(limit);
            if (old && channel.tryLock() != null) {
                delete(folder);
            }
        } catch (IOException e) {
            if (Files.exists(file)) {
                System.err.println(
                        "Warning: The data folder " + folder + " of a broker that was killed cannot be removed: " + e);
            }
        }
    }

    Path path() {
        return path;
    }

    /**
     * All bundles are installed: the next start may go by what Karaf remembers of them.
     *
     * @throws IOException when that cannot be written down
     */
    void installed() throws IOException {
        if (kept) {
            Path mark = path.resolve(MARK);
            if (!Files.exists(mark)) {
                Path whole = Files.writeString(path.resolve(MARK + ".new"), installation);
                Files.move(whole, mark, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** Gives the folder up; a temporary one is removed. What someone else removes meanwhile is no failure. */
    void close() {
        close(() -> LockSupport.parkNanos(PAUSE_NANOS));
    }

    /**
     * The same.
     *
     * @param pause lets a moment pass
     */
    void close(Runnable pause) {
        try {
            if (!kept) {
                deleteForGood(pause);
            }
            lock.acquiredBy().close();
        } catch (IOException e) {
            System.err.println("Warning: The data folder " + path + " cannot be removed: " + e.getMessage());
        }
    }

    /** A signal ends the process in the middle of a start too: threads that nobody stops then make files anew. */
    private void deleteForGood(Runnable pause) throws IOException {
        delete(path);
        int quiet = 0;
        for (int look = 0; look < MOST_LOOKS && quiet < QUIET_LOOKS; look++) {
            pause.run();
            quiet++;
            if (Files.exists(path)) {
                delete(path);
                quiet = 0;
            }
        }
    }

    /** Threads of the framework may still write when it says that it has stopped; then the rest goes with the next pass. */
    private static void delete(Path folder) throws IOException {
        for (int pass = 1; pass < DELETE_PASSES; pass++) {
            try {
                deleteOnce(folder);
                return;
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                Thread.onSpinWait();
            }
        }
        deleteOnce(folder);
    }

    /** The lock goes last: while it is there nobody else takes the folder. */
    private static void deleteOnce(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        Path lock = folder.resolve(LOCK);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(lock) && !path.equals(folder)) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.deleteIfExists(lock);
        Files.deleteIfExists(folder);
    }
}
