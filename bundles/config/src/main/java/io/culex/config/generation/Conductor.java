// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.Reload;
import io.culex.api.log.LogType;
import io.culex.config.file.FileTexts;
import io.culex.config.file.InvalidConfigException;
import io.culex.config.file.LogLine;
import io.culex.config.provision.Provision;
import io.culex.config.provision.Provisioner;
import io.culex.config.provision.Provisions;
import io.culex.config.settings.CheckConfig;
import io.culex.config.settings.Configuration;
import io.culex.config.view.EffectiveConfig;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings configurations into force: the first when all required participants are there, others on request. On the admin
 * thread only.
 */
public final class Conductor {
    private static final String OVERTAKEN = "The broker is stopping, its configuration stays as it is.";

    private final Host host;
    private final Set<String> required;
    private final Generations generations;
    private final Provisioner provisioner;
    private final String runId;
    private long number;
    private boolean attempted;
    private final FileWatch watch = new FileWatch();
    private final History history = new History();
    private @Nullable Configuration configuration;

    /**
     * For one run; nothing happens before the participants are there.
     *
     * @param required the names of those that the first start waits for
     */
    public Conductor(Host host, Set<String> required, Provisioner provisioner, String runId) {
        this.host = host;
        this.required = Set.copyOf(required);
        this.provisioner = provisioner;
        this.runId = runId;
        this.generations = new Generations(host::log);
    }

    /** Someone takes part from now on; the last that was required begins the first start. */
    public void join(Participant participant) {
        generations.join(participant);
        if (!attempted && missing().isEmpty()) {
            attempted = true;
            firstStart();
        }
    }

    /** Someone is not asked any more. */
    public void leave(Participant participant) {
        generations.leave(participant);
    }

    /** Says whom the first start is waiting for, when it is. */
    public void remind() {
        if (!attempted && !host.isStopping()) {
            host.log(LogType.WARNING, "Warning: not running yet, waiting for " + String.join(", ", missing()) + ".");
            host.obstacles().forEach(line -> host.log(LogType.WARNING, "Warning: " + line + "."));
        }
    }

    private Set<String> missing() {
        Set<String> missing = new TreeSet<>(required);
        missing.removeAll(generations.names());
        return missing;
    }

    private void firstStart() {
        try {
            start();
        } catch (InvalidConfigException e) {
            log(e.notices());
            failed(e.reason(), e.exitStatus());
        } catch (GenerationRefusedException e) {
            failed(reason(e), e.kind() == GenerationRefusedException.Kind.CONFIGURATION ? CheckConfig.INVALID : 1);
        } catch (RuntimeException | Error e) {
            failed(List.of("Error: " + e), 1);
        }
    }

    /** A start that a stop has overtaken is refused somewhere too: that is a clean stop, and nothing to be told. */
    private void failed(List<String> lines, int exitStatus) {
        if (host.isStopping()) {
            return;
        }
        lines.forEach(line -> host.log(LogType.ERROR, line));
        host.failed(exitStatus);
    }

    private Configuration load(FileTexts texts) throws InvalidConfigException {
        Instant since = Instant.now();
        Configuration loaded = host.load(texts);
        watch.watch(loaded.watched().files(), since);
        return loaded;
    }

    /** Looks after who came late; with {@code config_watch} reloads when a file has changed. Blocks on the file system. */
    public void look() {
        if (!host.isStopping()) {
            generations.catchUp();
            if (configuration != null && configuration.watched().on() && watch.hasChanged()) {
                reload();
            }
        }
    }

    private void start() throws InvalidConfigException, GenerationRefusedException {
        Configuration loaded = load(FileTexts.ofDisk());
        Generation generation = loaded.generation(++number, runId);
        generations.takeAhead(generation, Participant::isLog);
        log(loaded.log());
        host.log(LogType.INFORMATION, "culex version " + host.version() + " starting");
        logOrigin(loaded);
        take(loaded, generation);
        host.log(LogType.INFORMATION, "culex version " + host.version() + " running");
    }

    private void log(List<LogLine> notices) {
        notices.forEach(line -> host.log(line.type(), line.text()));
    }

    private void logOrigin(Configuration loaded) {
        String file = host.file();
        host.log(LogType.INFORMATION, file == null ? "Using default config." : "Config loaded from " + file + ".");
        if (loaded.localOnly()) {
            host.log(
                    LogType.NOTICE,
                    "Starting in local only mode. Connections will only be possible from clients running on this"
                            + " machine.");
            host.log(LogType.NOTICE, "Create a configuration file which defines a listener to allow remote access.");
        }
    }

    /** {@link Reload#reload()}. */
    public Reload.Result reload() {
        return attempt("Reloading config.", this::readAgain, host::reloaded);
    }

    private String readAgain() throws InvalidConfigException, GenerationRefusedException {
        if (generations.current() == null) {
            if (!missing().isEmpty()) {
                throw new GenerationRefusedException(
                        GenerationRefusedException.Kind.SYSTEM,
                        "Error: not running yet, waiting for " + String.join(", ", missing()) + ".");
            }
            attempted = true;
            start();
        } else {
            history.changed(configuration, change(FileTexts.ofDisk()));
            host.log(LogType.INFORMATION, "Config loaded from " + host.file() + ".");
        }
        return "Config loaded.";
    }

    /** {@link Reload#rollback()}. */
    public Reload.Result rollback() {
        Configuration earlier = history.last();
        if (earlier == null) {
            return new Reload.Result(
                    false,
                    inForce(),
                    "Error: There is no configuration from before: nothing has changed since the start.");
        }
        return attempt("Rolling back config.", () -> goBackTo(earlier), this::wentBack);
    }

    private String goBackTo(Configuration earlier) throws InvalidConfigException, GenerationRefusedException {
        change(earlier.source().texts());
        history.undone();
        String message = "The configuration from before is in force.";
        host.log(LogType.NOTICE, message + " The files were not changed: the next reload takes them.");
        return message;
    }

    private void wentBack(boolean taken) {
        if (taken) {
            host.rolledBack();
        }
    }

    /** A change that was asked for; returns what to say of it. */
    private interface Change {
        String make() throws InvalidConfigException, GenerationRefusedException;
    }

    /** Makes a change, or says why not; one that a stop comes before or overtakes is no failure, whatever it ended by. */
    private Reload.Result attempt(String beginning, Change change, Consumer<Boolean> outcome) {
        if (host.isStopping()) {
            return overtaken();
        }
        host.log(LogType.INFORMATION, beginning);
        generations.changeBegins();
        try {
            String message = change.make();
            watch.attempted(true);
            outcome.accept(true);
            return new Reload.Result(true, number, message);
        } catch (InvalidConfigException e) {
            return refused(e.notices(), e.reason(), outcome);
        } catch (GenerationRefusedException e) {
            return refused(List.of(), reason(e), outcome);
        } catch (RuntimeException e) {
            if (host.isStopping()) {
                return overtaken();
            }
            throw e;
        } finally {
            generations.changeEnds();
        }
    }

    private Reload.Result refused(List<LogLine> notices, List<String> lines, Consumer<Boolean> outcome) {
        if (host.isStopping()) {
            return overtaken();
        }
        openLogAnew();
        log(notices);
        lines.forEach(line -> host.log(LogType.ERROR, line));
        host.log(LogType.ERROR, "Error: Nothing was changed.");
        watch.attempted(false);
        outcome.accept(false);
        return new Reload.Result(false, inForce(), String.join("\n", lines));
    }

    /** Who has moved the log file away asks for a reload: just what that finds wrong must not go to the one that is thrown away. */
    private void openLogAnew() {
        try {
            generations.renew(Participant::isLog);
        } catch (GenerationRefusedException e) {
            reason(e).forEach(line -> host.log(LogType.ERROR, line));
        }
    }

    private Reload.Result overtaken() {
        host.log(LogType.INFORMATION, OVERTAKEN);
        return new Reload.Result(false, inForce(), OVERTAKEN);
    }

    /** The configuration in force as lines of mosquitto.conf; none before the first. */
    public List<String> lines(boolean defaults) {
        Configuration now = configuration;
        return now == null ? List.of() : new EffectiveConfig(now.source().document(), defaults).lines();
    }

    private Configuration change(FileTexts texts) throws InvalidConfigException, GenerationRefusedException {
        Configuration loaded = load(texts);
        log(loaded.log());
        Configuration before = configuration;
        Configuration next = before == null ? loaded : loaded.overStoreOf(before);
        take(next, next.generation(++number, runId));
        if (before != null && loaded.needsRestartAfter(before)) {
            host.log(
                    LogType.WARNING,
                    "Warning: changes of user, pid_file and persistence options take effect at the next start.");
        }
        return loaded;
    }

    /** Make before break: plugins are ready before anyone hears of the generation, and the old ones go after it is in force. */
    private void take(Configuration loaded, Generation generation) throws GenerationRefusedException {
        Provisioner.Round round = provisioner.prepare(generation.number(), Provisions.of(loaded));
        Generation served = generation.with(round.generations());
        try {
            generations.apply(served);
        } catch (GenerationRefusedException | RuntimeException | Error e) {
            round.undo();
            throw e;
        }
        configuration = loaded;
        round.keep();
        host.running(served);
    }

    /** {@link Reload#check()}. */
    public Reload.Result check() {
        try {
            tryPlugins(host.load(FileTexts.ofDisk()));
            return new Reload.Result(false, inForce(), "Configuration file is OK.");
        } catch (InvalidConfigException e) {
            return new Reload.Result(false, inForce(), String.join("\n", e.reason()));
        } catch (GenerationRefusedException e) {
            return new Reload.Result(false, inForce(), String.join("\n", reason(e)));
        }
    }

    /** Has plugins read their files and options, and go again. What keeps data is not made for a look. */
    private void tryPlugins(Configuration loaded) throws GenerationRefusedException {
        if (generations.current() != null) {
            List<Provision> wanted = Provisions.of(loaded).stream()
                    .filter(provision -> !provision.fixed())
                    .toList();
            provisioner.attempt(++number, wanted);
        }
    }

    private long inForce() {
        Generation current = generations.current();
        return current == null ? 0 : current.number();
    }

    private static List<String> reason(GenerationRefusedException e) {
        return Objects.toString(e.getMessage(), e.toString()).lines().toList();
    }
}
