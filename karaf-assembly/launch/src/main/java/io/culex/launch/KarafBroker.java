// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import io.culex.config.commandline.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.karaf.main.Main;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** Karaf with the broker in it, in this process, until its framework stops. */
final class KarafBroker {
    /** Where {@code config} leaves the exit status of a start that failed. */
    private static final String EXIT_CODE = "culex.exit.code";

    /** The start level of Karaf when all has been started. */
    private static final int EVERYTHING = 100;

    private final Path home;
    private final Path data;
    private final CommandLine commandLine;
    private final Consumer<String> log;

    /** Told when Karaf has installed its bundles. */
    interface Installed {
        /** Writes that down. */
        void installed() throws IOException;
    }

    KarafBroker(Path home, Path data, CommandLine commandLine, Consumer<String> log) {
        this.home = home;
        this.data = data;
        this.commandLine = commandLine;
        this.log = log;
    }

    /**
     * Runs it; blocks until it has ended.
     *
     * @return the exit status
     */
    int run(Installed installed) throws LaunchException {
        return run(new Main(new String[0]), installed);
    }

    int run(Main karaf, Installed installed) throws LaunchException {
        try {
            Files.createDirectories(data.resolve("tmp"));
            properties().forEach(System::setProperty);
            karaf.launch();
            installed.installed();
            Framework framework = karaf.getFramework();
            SecondStart.watch(framework, EVERYTHING, log, () -> giveUp(framework));
            karaf.awaitShutdown();
            karaf.destroy();
        } catch (IOException e) {
            throw new LaunchException("Error: " + data + " cannot be used: " + e, e);
        } catch (Exception | Error e) {
            // Threads that Karaf has begun would keep the process, which serves nobody.
            throw new LaunchException("Error: Karaf does not start: " + reason(e), e);
        }
        return Integer.getInteger(EXIT_CODE, 0);
    }

    private void giveUp(Framework framework) {
        System.setProperty(EXIT_CODE, String.valueOf(io.culex.launch.Main.SYSTEM_FAILURE));
        log.accept("Error: The broker cannot serve without it.");
        try {
            framework.stop();
        } catch (BundleException e) {
            log.accept("Error: The framework does not stop: " + e);
        }
    }

    /** With what it began: that the disk is full, for example. */
    private static String reason(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first == failure ? failure.toString() : failure + ": " + first;
    }

    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>(commandLine.toProperties());
        properties.put("karaf.base", home.toString());
        properties.put("karaf.etc", home.resolve("etc").toString());
        properties.put("karaf.data", data.toString());
        properties.put("karaf.log", data.resolve("log").toString());
        properties.put("karaf.instances", data.resolve("instances").toString());
        properties.put("java.io.tmpdir", data.resolve("tmp").toString());
        properties.put("karaf.lock", "false");
        properties.put("karaf.shutdown.port", "-1");
        properties.put("karaf.shutdown.command", "none");
        properties.put("karaf.pid.file", data.resolve("karaf.pid").toString());
        properties.put("karaf.handle.sigterm", "false");
        properties.put("culex.own.process", "true");
        properties.put("culex.exit.on.failure", "true");
        Integer console = commandLine.consolePort();
        properties.put("karaf.startLocalConsole", "false");
        properties.put("karaf.startRemoteShell", String.valueOf(console != null));
        if (console == null) {
            properties.put("culex.boot.features", "");
            properties.put("culex.feature.repositories", "");
        } else {
            // Also what is there already: a feature that is installed and removed again must not take it away.
            properties.put("culex.boot.features", "framework, culex, culex-console");
            properties.put("culex.console.port", console.toString());
        }
        return properties;
    }
}
