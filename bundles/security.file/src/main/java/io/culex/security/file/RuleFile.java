// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One file and what is in it. What it was made with is kept until {@link #look} finds another content that is complete and
 * valid: a file that is broken or gone changes nothing but {@link #isFailed}. {@link #content} and the numbers: any thread.
 */
public final class RuleFile<T> implements AutoCloseable {
    /** How long a file must be left alone before a change of it is taken; it is taken within three times that time. */
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Path path;
    private final FileFormat<T> format;
    private final BrokerLog log;
    private final LongAdder failures = new LongAdder();
    private final List<String> firstWarnings;
    private volatile Taken<T> taken;
    private volatile boolean failed;
    private Stamp decided;
    private Stamp seen;
    private @Nullable FileWatch watch;

    private record Taken<T>(T content, long changes) {}

    /**
     * Reads the file. Blocks on the file system.
     *
     * @param log takes what {@link #look} and {@link #start} say
     * @throws InvalidFileException when it cannot be read or its content is wrong
     */
    public RuleFile(Path path, FileFormat<T> format, BrokerLog log) throws InvalidFileException {
        this.path = path;
        this.format = format;
        this.log = log;
        List<String> warnings = new ArrayList<>();
        this.decided = Stamp.of(path);
        this.seen = decided;
        this.taken = new Taken<>(read(warnings), 0);
        this.firstWarnings = List.copyOf(warnings);
    }

    /** What is in force. */
    public T content() {
        return taken.content();
    }

    /** Differs whenever {@link #content} does. */
    public long changes() {
        return taken.changes();
    }

    /** Whether the file has changed to something that could not be taken, and has not become right since. */
    public boolean isFailed() {
        return failed;
    }

    /** How often a changed file could not be taken. */
    public long failures() {
        return failures.sum();
    }

    /**
     * Logs the warnings that the first reading had, and begins to watch where that is asked for.
     *
     * @param plugin for the name of the thread
     * @param watched whether a change on disk is to be taken by itself
     */
    public synchronized void start(String plugin, boolean watched) {
        firstWarnings.forEach(line -> log.log(LogType.WARNING, line));
        if (watched && watch == null) {
            watch = new FileWatch(plugin, this, PERIOD);
        }
    }

    /** Watches no longer. What was read stays. */
    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    /**
     * Looks whether the file has changed, and takes it when it is as it was at the look before: whoever writes it has finished
     * then. To be called again and again, by one thread at a time; blocks on the file system.
     */
    public synchronized void look() {
        Stamp now = Stamp.of(path);
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(decided)) {
            if (failed || !now.isContentOf(decided)) {
                take(now);
            } else {
                // Given to someone else: what was read is still what is in it.
                decided = now;
            }
        }
    }

    private void take(Stamp now) {
        List<String> warnings = new ArrayList<>();
        try {
            T content = read(warnings);
            seen = Stamp.of(path);
            if (!seen.equals(now)) {
                return;
            }
            decided = now;
            taken = new Taken<>(content, taken.changes() + 1);
            failed = false;
            warnings.forEach(line -> log.log(LogType.WARNING, line));
            log.log(LogType.NOTICE, "The changed file " + path + " is in force.");
        } catch (InvalidFileException e) {
            refuse(now, e.text());
        } catch (RuntimeException | Error e) {
            // A fault of the format's reader, or a file as large as no memory: the watch must outlive it.
            refuse(now, format.unreadable(path) + " " + e);
        }
    }

    private void refuse(Stamp now, String reason) {
        decided = now;
        failed = true;
        failures.increment();
        log.log(LogType.ERROR, reason);
        log.log(
                LogType.ERROR,
                "Error: The changed file " + path + " is not taken, what was read before stays in force.");
    }

    private T read(List<String> warnings) throws InvalidFileException {
        return format.parse(path, lines(warnings), warnings::add);
    }

    private List<String> lines(List<String> warnings) throws InvalidFileException {
        try {
            if (!Files.isRegularFile(path) && Files.exists(path)) {
                throw new InvalidFileException(format.unreadable(path) + " It is not a file.");
            }
            warnings.addAll(Exposure.warnings(path));
            return Lines.of(Files.readAllBytes(path), format.unreadable(path));
        } catch (NoSuchFileException e) {
            throw new InvalidFileException(format.unreadable(path) + " There is no such file.");
        } catch (IOException e) {
            throw new InvalidFileException(format.unreadable(path) + " " + e);
        }
    }
}
