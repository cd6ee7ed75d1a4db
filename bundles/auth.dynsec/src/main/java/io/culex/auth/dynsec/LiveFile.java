// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.api.log.LogType;
import io.culex.api.log.SwitchableLog;
import io.culex.auth.dynsec.command.Kicks;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.InvalidConfigurationException;
import io.culex.auth.dynsec.rules.Overlaps;
import io.culex.security.file.Exposure;
import io.culex.security.file.InvalidFileException;
import io.culex.security.file.Stamp;
import io.culex.security.hash.HashKind;
import io.culex.security.hash.PasswordHasher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One file and what is in force of it, shared by all plugins that have it: while a reload makes a second plugin beside the first,
 * both are faces of this, so neither writes over what the other does. All changes are made on one thread, in order. What is in
 * force: any thread.
 */
final class LiveFile {
    private static final long WATCH_MILLIS = 1000;
    private static final long CLOSE_SECONDS = 5;

    private final Broker broker;
    private final Disk disk;
    private final History history;
    private final Requests requests = new Requests(this);
    private final List<Settings> users = new CopyOnWriteArrayList<>();
    private final List<Consumer<State>> followers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread;
    private final LongAdder failures = new LongAdder();
    private final List<String> notices = new ArrayList<>();
    private final Object force = new Object();
    private volatile State state;
    private Stamp watched = Stamp.NONE;
    private Stamp refused = Stamp.NONE;

    /**
     * Reads the file, or generates it when there is none and it is no trial. A file that is broken stays as it is and lets nobody in.
     *
     * @throws InvalidFileException when there is no file and none can be made
     */
    LiveFile(Settings first, Broker broker, UnaryOperator<@Nullable String> environment) throws InvalidFileException {
        this.broker = broker;
        this.disk = new Disk(first.file());
        this.history = new History(first.file(), broker.log());
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "culex-dynsec");
            made.setDaemon(true);
            return made;
        });
        this.state = load(first, environment);
        thread.scheduleWithFixedDelay(this::look, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    private State load(Settings first, UnaryOperator<@Nullable String> environment) throws InvalidFileException {
        try {
            Configuration read = numbered(disk.read(notices::add), 0);
            notices.addAll(Exposure.warnings(disk.file()));
            notices.addAll(Overlaps.of(read));
            return new State(read, 0, null);
        } catch (NoSuchFileException e) {
            FirstPasswords passwords = new FirstPasswords(environment, password -> hash(password, first.iterations()));
            if (first.trial()) {
                passwords.check(disk.file(), first.passwordInitFile());
                return new State(Configuration.EMPTY, 0, null);
            }
            log().log(LogType.NOTICE, "Dynamic security plugin config not found, generating a default config.");
            passwords.generate(disk.file(), first.passwordInitFile());
            return reread();
        } catch (IOException | InvalidConfigurationException e) {
            return broken(e);
        }
    }

    private State reread() {
        try {
            return new State(numbered(disk.read(notices::add), 0), 0, null);
        } catch (IOException | InvalidConfigurationException e) {
            return broken(e);
        }
    }

    /**
     * What was read, with a change index that does not go back, whoever has written the file: versions are named by it, and the
     * lowest are the first that are not kept any more. On disk it stays as it is until the next change.
     */
    private Configuration numbered(Configuration read, long before) {
        long least = Math.max(before, history.next());
        return read.changeIndex() < least ? read.withChangeIndex(least) : read;
    }

    private State broken(Exception e) {
        failures.increment();
        String reason =
                "Error: Dynamic security plugin config '" + disk.file() + "' cannot be used: " + reason(e) + ".";
        notices.add(reason + " Nobody can log in until it is mended; it stays as it is.");
        return new State(Configuration.EMPTY, 0, reason);
    }

    private static String reason(Throwable e) {
        return e instanceof InvalidConfigurationException invalid ? invalid.text() : e.toString();
    }

    /** A plugin uses it from now on, and is told what is in force, never an older one after a newer one. */
    void opened(Settings by, Consumer<State> follower) {
        users.add(by);
        synchronized (force) {
            followers.add(follower);
            follower.accept(state);
        }
    }

    /** What there was to say when it was read, for the log; once. */
    synchronized void tell() {
        for (String line : notices) {
            log().log(line.startsWith("Error") ? LogType.ERROR : LogType.WARNING, line);
        }
        notices.clear();
    }

    /** A plugin is gone; true when no other has it. */
    synchronized boolean closed(Settings by, Consumer<State> follower) {
        users.remove(by);
        followers.remove(follower);
        if (!users.isEmpty()) {
            return false;
        }
        thread.shutdown();
        try {
            // The next one to open the file must find what is being written.
            thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    /** The settings of the plugin that was made last; null when none is left. */
    private @Nullable Settings settings() {
        // One look at the list: another plugin may leave at any time.
        Settings[] now = users.toArray(Settings[]::new);
        return now.length == 0 ? null : now[now.length - 1];
    }

    Path path() {
        return disk.file();
    }

    SwitchableLog log() {
        return broker.log();
    }

    Broker broker() {
        return broker;
    }

    Requests requests() {
        return requests;
    }

    History history() {
        return history;
    }

    State state() {
        return state;
    }

    private void warn(String line) {
        log().log(LogType.WARNING, line);
    }

    /** How often the file could not be read or written. */
    long failures() {
        return failures.sum();
    }

    /** The hash of a new password; takes its time. */
    static String hash(String password, int iterations) {
        return new PasswordHasher(HashKind.SHA512_PBKDF2, iterations)
                .hash(password.getBytes(StandardCharsets.UTF_8))
                .text();
    }

    /** Work on the file's thread with the settings that hold then. */
    interface Work<T> {
        T run(Settings settings) throws Exception;
    }

    /** Has something done on the file's thread, after everything that was asked for before. */
    <T> CompletableFuture<T> submit(Work<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Callable<Boolean> task = () -> {
            try {
                Settings now = settings();
                if (now == null) {
                    throw new RejectedExecutionException("the plugin is gone");
                }
                return done.complete(work.run(now));
            } catch (Throwable e) {
                // Whoever asked waits for an answer, and is not read from before it comes.
                return done.completeExceptionally(e);
            }
        };
        try {
            thread.submit(task);
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    /** On the file's thread: keeps a change on disk, then lets it be in force. When it cannot be kept, nothing has happened. */
    void change(Configuration after, Settings settings) throws IOException {
        try {
            long before = state.configuration().changeIndex();
            disk.write(after, () -> history.keep(before, settings.history()), this::warn);
        } catch (IOException e) {
            failures.increment();
            throw e;
        }
        inForce(after);
    }

    private void inForce(Configuration after) {
        synchronized (force) {
            State next = state.next(after);
            state = next;
            followers.forEach(follower -> follower.accept(next));
        }
    }

    /** On the file's thread: takes the file as it is on disk, whoever has written it; kicks those whom that concerns. */
    void reload(Settings settings) throws IOException, InvalidConfigurationException {
        List<String> warnings = new ArrayList<>();
        Configuration before = state.configuration();
        Configuration read;
        try {
            read = numbered(disk.read(warnings::add), before.changeIndex());
        } catch (IOException | InvalidConfigurationException e) {
            failures.increment();
            throw e;
        }
        warnings.addAll(Overlaps.of(read));
        warnings.forEach(this::warn);
        inForce(read);
        log().log(LogType.NOTICE, "The changed file " + disk.file() + " is in force.");
        kick(Kicks.between(before, read), settings);
    }

    /** Disconnects those whom a change concerns. */
    void kick(Kicks kicks, Settings settings) {
        List<String> all = new ArrayList<>(kicks.logins());
        if (settings.kicks()) {
            all.addAll(kicks.rights());
        }
        broker.expel(Set.copyOf(all), kicks.anonymous() && settings.kicks());
    }

    /** Takes a file that someone else has changed, once it is left alone: where that is asked for, and when it was broken. */
    private void look() {
        try {
            Stamp before = watched;
            watched = disk.stamp();
            Settings now = settings();
            boolean settled = watched.equals(before) && !watched.equals(refused);
            if (now != null && settled && (now.watch() || state.broken() != null) && disk.isChanged()) {
                reload(now);
            }
        } catch (IOException | InvalidConfigurationException | RuntimeException | Error e) {
            // Whatever it was, also a file as large as no memory, the watch must outlive it; it is told once.
            refused = watched;
            log().log(LogType.ERROR, "Error: The changed file " + disk.file() + " is not taken: " + reason(e));
        }
    }
}
