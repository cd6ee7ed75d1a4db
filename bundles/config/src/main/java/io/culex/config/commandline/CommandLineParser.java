// SPDX-License-Identifier: Apache-2.0
package io.culex.config.commandline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of {@code bin/culex}, once. */
final class CommandLineParser {
    private static final int MAX_PORTS = 10;
    private static final int MAX_PORT = 65535;

    private final String[] args;
    private int at;

    private @Nullable String configFile;
    private final List<Integer> ports = new ArrayList<>();
    private boolean verbose;
    private boolean quiet;
    private boolean daemon;
    private boolean help;
    private boolean version;
    private boolean testConfig;
    private @Nullable String tlsKeylog;
    private @Nullable Integer consolePort;

    CommandLineParser(String[] args) {
        this.args = args.clone();
    }

    CommandLine parse() throws CommandLineException {
        while (at < args.length) {
            String arg = args[at++];
            switch (arg) {
                case "-c", "--config-file" -> configFile = value("-c argument given, but no config file specified.");
                case "-p", "--port" -> addPort();
                case "--tls-keylog" -> tlsKeylog = value("--tls-keylog argument given, but no file specified.");
                case "--console-port" ->
                    consolePort = port(value("--console-port argument given, but no port specified."));
                default -> takeSwitch(arg);
            }
        }
        CommandLine.Verbosity verbosity = quiet
                ? CommandLine.Verbosity.QUIET
                : verbose ? CommandLine.Verbosity.VERBOSE : CommandLine.Verbosity.FILE;
        CommandLine.Actions actions = new CommandLine.Actions(daemon, help, version, testConfig);
        return new CommandLine(configFile, ports, verbosity, actions, tlsKeylog, consolePort);
    }

    private void takeSwitch(String arg) throws CommandLineException {
        switch (arg) {
            case "-d", "--daemon" -> daemon = true;
            case "-h", "--help" -> help = true;
            case "--version" -> version = true;
            case "-q", "--quiet" -> quiet = true;
            case "-v", "--verbose" -> verbose = true;
            case "--test-config" -> testConfig = true;
            default -> throw new CommandLineException("Error: Unknown option '" + arg + "'.", true);
        }
    }

    private void addPort() throws CommandLineException {
        int port = port(value("-p argument given, but no port specified."));
        if (ports.size() == MAX_PORTS) {
            throw refused("Only " + MAX_PORTS + " ports can be specified on the command line.");
        }
        ports.add(port);
    }

    private String value(String missing) throws CommandLineException {
        if (at == args.length) {
            throw refused(missing);
        }
        return args[at++];
    }

    private static int port(String text) throws CommandLineException {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw refused("Invalid port specified (" + text + ").");
        }
        return port;
    }

    private static CommandLineException refused(String text) {
        return new CommandLineException("Error: " + text, false);
    }
}
