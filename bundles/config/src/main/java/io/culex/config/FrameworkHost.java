// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import io.culex.api.config.Generation;
import io.culex.api.config.Running;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.metrics.MetricsSource;
import io.culex.config.commandline.CommandLine;
import io.culex.config.file.FileTexts;
import io.culex.config.file.InvalidConfigException;
import io.culex.config.generation.Host;
import io.culex.config.provision.Leftovers;
import io.culex.config.settings.ConfigLoader;
import io.culex.config.settings.Configuration;
import io.culex.config.settings.Features;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

/** The OSGi framework as surroundings of the conductor. */
final class FrameworkHost implements Host {
    /** Set to the exit status when the first start failed, for the launcher. */
    static final String EXIT_CODE = "culex.exit.code";

    /** Whether a failed first start ends the framework: {@code bin/culex} sets it, a Karaf that others share does not. */
    static final String EXIT_ON_FAILURE = "culex.exit.on.failure";

    /** Whether the process is the broker's own: {@code bin/culex} sets it. */
    private static final String OWN_PROCESS = "culex.own.process";

    /** Set by {@code process} when a signal asks for a stop: the broker closes its doors before the framework begins to stop. */
    static final String STOPPING = "culex.stopping";

    private final BundleContext context;
    private final Supplier<List<String>> obstacles;
    private final CommandLine commandLine;
    private final Map<String, String> environment;
    private final Clock clock;
    private final AtomicReference<@Nullable BrokerLog> brokerLog = new AtomicReference<>();
    private final RunningGeneration running = new RunningGeneration();
    private final ReloadMetrics metrics = new ReloadMetrics(running::generation);
    private final List<ServiceRegistration<?>> registrations = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    FrameworkHost(
            BundleContext context, Supplier<List<String>> obstacles, Map<String, String> environment, Clock clock) {
        this.context = context;
        this.obstacles = obstacles;
        this.environment = environment;
        this.clock = clock;
        this.commandLine = withKarafFile(CommandLine.ofProperties(context::getProperty));
    }

    /**
     * In a Karaf without a command line of ours, its configuration folder may hold the file. A process of our own does as
     * Mosquitto: without {@code -c} it reads nothing.
     */
    private CommandLine withKarafFile(CommandLine given) {
        String etc = context.getProperty("karaf.etc");
        if (given.configFile() != null || etc == null || isOwnProcess()) {
            return given;
        }
        Path file = Path.of(etc, "mosquitto.conf");
        return Files.isRegularFile(file) ? given.withConfigFile(file.toString()) : given;
    }

    /** Whether {@code -c} named a file: only then SIGHUP reloads. */
    boolean hasFileOfCommandLine() {
        return context.getProperty(CommandLine.CONF) != null;
    }

    /** Whether nothing else runs in this process. */
    boolean isOwnProcess() {
        return Boolean.parseBoolean(context.getProperty(OWN_PROCESS));
    }

    void bind(BrokerLog log) {
        brokerLog.set(log);
    }

    void unbind(BrokerLog log) {
        brokerLog.compareAndSet(log, null);
    }

    @Override
    public Configuration load(FileTexts texts) throws InvalidConfigException {
        return new ConfigLoader(features(), environment).load(commandLine, texts);
    }

    /** What installed bundles say they bring; a bundle counts before it is resolved, its services may still be to come. */
    private Features features() {
        Set<String> names = new HashSet<>();
        for (Bundle bundle : context.getBundles()) {
            names.addAll(
                    Features.parse(bundle.getHeaders("").get(Features.HEADER)).names());
        }
        return new Features(names);
    }

    @Override
    public @Nullable String file() {
        return commandLine.configFile();
    }

    @Override
    public String version() {
        Version version = context.getBundle().getVersion();
        return version.getMajor() + "." + version.getMinor() + "." + version.getMicro();
    }

    @Override
    public void log(LogType type, String text) {
        BrokerLog log = brokerLog.get();
        if (log != null) {
            log.log(type, text);
        } else if (commandLine.verbosity() != CommandLine.Verbosity.QUIET) {
            System.err.println(clock.instant().getEpochSecond() + ": " + text);
        }
    }

    @Override
    public List<String> obstacles() {
        return obstacles.get();
    }

    @Override
    public void running(Generation generation) {
        running.change(generation, clock.instant());
        if (registrations.isEmpty()) {
            registrations.add(context.registerService(Running.class, running, null));
            registrations.add(context.registerService(MetricsSource.class, metrics, null));
        }
    }

    @Override
    public void reloaded(boolean taken) {
        metrics.reloaded(taken);
    }

    @Override
    public void rolledBack() {
        metrics.rolledBack();
    }

    /** Nothing is said to run any more, and what fails from now on is no failure. */
    void close(String runId) {
        if (!isStopping()) {
            Leftovers.await(context, runId, this::log);
        }
        closed = true;
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
    }

    @Override
    public boolean isStopping() {
        return closed || Boolean.getBoolean(STOPPING) || context.getBundle(0).getState() == Bundle.STOPPING;
    }

    @Override
    public void failed(int exitStatus) {
        System.setProperty(EXIT_CODE, String.valueOf(exitStatus));
        if (!Boolean.parseBoolean(context.getProperty(EXIT_ON_FAILURE))) {
            return;
        }
        try {
            context.getBundle(0).stop();
        } catch (BundleException e) {
            log(LogType.ERROR, "Error: The framework does not stop: " + e);
        }
    }
}
