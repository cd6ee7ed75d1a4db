// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import io.culex.config.commandline.CommandLine;
import io.culex.config.commandline.CommandLineException;
import io.culex.config.file.InvalidConfigException;
import io.culex.config.settings.CheckConfig;
import io.culex.config.settings.ConfigLoader;
import io.culex.config.settings.Configuration;
import io.culex.config.settings.Features;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * The program behind {@code bin/culex}. A wrong command line or configuration ends it with status 3 before anything is
 * started; what the machine refuses ends it with 1.
 */
public final class Main {
    /** The exit status when the machine does not give what is asked for. */
    static final int SYSTEM_FAILURE = 1;

    private final Path home;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Main(Path home, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
    }

    /** Runs one broker; ends the process with its exit status. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Path home = Path.of(System.getProperty("karaf.home"));
        System.exit(new Main(home, System.getenv(), out, err).run(args));
    }

    int run(String... args) {
        try {
            return run(CommandLine.parse(args));
        } catch (CommandLineException e) {
            if (e.printsUsage()) {
                err.println(e.getMessage());
                err.println();
                Usage.print(err);
            } else {
                log(String.valueOf(e.getMessage()));
            }
            return CheckConfig.INVALID;
        } catch (InvalidConfigException e) {
            e.lines().forEach(this::log);
            return e.exitStatus();
        } catch (LaunchException e) {
            log(String.valueOf(e.getMessage()));
            return SYSTEM_FAILURE;
        }
    }

    private int run(CommandLine commandLine) throws InvalidConfigException, LaunchException {
        CommandLine.Actions actions = commandLine.actions();
        if (actions.help()) {
            Usage.print(out);
            return 0;
        }
        if (actions.version()) {
            Usage.printVersion(out);
            return 0;
        }
        ConfigLoader loader = new ConfigLoader(features(), environment);
        if (actions.testConfig()) {
            return new CheckConfig(loader, err, Clock.systemUTC()).check(commandLine);
        }
        boolean checkOnly = Boolean.getBoolean("culex.check.only");
        if (!checkOnly) {
            EarlyHangup.endure();
        }
        Configuration configuration = loader.load(commandLine);
        if (checkOnly) {
            return 0;
        }
        return broker(commandLine, configuration);
    }

    private int broker(CommandLine commandLine, Configuration configuration) throws LaunchException {
        AtExit atExit = new AtExit();
        try {
            DataFolder data = DataFolder.open(environment, installation());
            atExit.add(data::close);
            PidFile pid = PidFile.write(configuration.process().pidFile());
            atExit.add(pid::remove);
            return new KarafBroker(home, data.path(), commandLine, this::log).run(data::installed);
        } finally {
            atExit.ended();
        }
    }

    private String installation() throws LaunchException {
        try {
            return home + "\n" + Files.readString(home.resolve("etc/startup.properties"));
        } catch (IOException e) {
            throw new LaunchException("Error: The installation cannot be read: " + e, e);
        }
    }

    private Features features() throws LaunchException {
        try {
            return Features.installedIn(home.resolve("system/io/culex"));
        } catch (IOException e) {
            throw new LaunchException("Error: The installation cannot be read: " + e, e);
        }
    }

    private void log(String text) {
        err.println(System.currentTimeMillis() / 1000 + ": " + text);
    }
}
