// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import io.culex.config.commandline.CommandLine;
import io.culex.config.commandline.CommandLineException;
import io.culex.config.file.InvalidConfigException;
import io.culex.config.file.LogLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * {@code --test-config}: says whether a configuration could be started, without starting anything. Runs from a plain class
 * path; the features that are installed come in the system property {@link Features#PROPERTY}, else from the bundles below
 * the property {@code karaf.home}.
 */
public final class CheckConfig {
    /** The exit status for a wrong configuration or command line. */
    public static final int INVALID = 3;

    private final ConfigLoader loader;
    private final PrintStream err;
    private final Clock clock;

    /** A check that prints to the stream in the form of the log. */
    public CheckConfig(ConfigLoader loader, PrintStream err, Clock clock) {
        this.loader = loader;
        this.err = err;
        this.clock = clock;
    }

    /** Checks the file named by {@code -c}; ends the process with 0 or 3. */
    public static void main(String[] args) {
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        try {
            ConfigLoader loader = new ConfigLoader(features(), Map.copyOf(System.getenv()));
            System.exit(new CheckConfig(loader, err, Clock.systemUTC()).run(args));
        } catch (IOException e) {
            err.println("Error: The installation cannot be read: " + e);
            System.exit(1);
        }
    }

    private static Features features() throws IOException {
        String home = System.getProperty("karaf.home");
        if (System.getProperty(Features.PROPERTY) != null || home == null) {
            return Features.parse(System.getProperty(Features.PROPERTY));
        }
        return Features.installedIn(Path.of(home, "system", "io", "culex"));
    }

    int run(String... args) {
        try {
            return check(CommandLine.parse(args));
        } catch (CommandLineException e) {
            err.println(e.getMessage());
            return INVALID;
        }
    }

    /** Checks and prints what there is to say; returns the exit status. */
    public int check(CommandLine commandLine) {
        if (commandLine.configFile() == null) {
            print(commandLine, "Please provide a configuration file to test.");
            return INVALID;
        }
        try {
            for (LogLine line : loader.load(commandLine).log()) {
                print(commandLine, line.text());
            }
            print(commandLine, "Configuration file is OK.");
            return 0;
        } catch (InvalidConfigException e) {
            e.lines().forEach(line -> print(commandLine, line));
            return e.exitStatus();
        }
    }

    private void print(CommandLine commandLine, String text) {
        if (commandLine.verbosity() != CommandLine.Verbosity.QUIET) {
            err.println(clock.instant().getEpochSecond() + ": " + text);
        }
    }
}
