// SPDX-License-Identifier: Apache-2.0
package io.culex.config.commandline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@code bin/culex} (SPEC A.1).
 *
 * @param configFile {@code -c}, or null
 * @param ports {@code -p}: loopback only, when the file has no listener
 * @param verbosity what {@code -v} and {@code -q} make of the log's types
 * @param actions what is to be done
 * @param tlsKeylog {@code --tls-keylog}, or null
 * @param consolePort {@code --console-port}, or null: no console
 */
public record CommandLine(
        @Nullable String configFile,
        List<Integer> ports,
        Verbosity verbosity,
        Actions actions,
        @Nullable String tlsKeylog,
        @Nullable Integer consolePort) {
    /** The property with the configuration file; without it the broker is in local only mode. */
    public static final String CONF = "culex.conf";

    /** The property with the ports of {@code -p}, separated by commas. */
    public static final String PORTS = "culex.ports";

    /** The property with the {@link Verbosity} by its name. */
    public static final String VERBOSITY = "culex.verbosity";

    /** The property with the file of {@code --tls-keylog}. */
    public static final String TLS_KEYLOG = "culex.tls.keylog";

    /** What the command line says of the log's types. */
    public enum Verbosity {
        /** As the file says. */
        FILE,
        /** {@code -v}: everything. */
        VERBOSE,
        /** {@code -q}: nothing. */
        QUIET
    }

    /** Switches of the launcher. */
    public record Actions(boolean daemon, boolean help, boolean version, boolean testConfig) {}

    /** No arguments. */
    public static final CommandLine NONE =
            new CommandLine(null, List.of(), Verbosity.FILE, new Actions(false, false, false, false), null, null);

    public CommandLine {
        ports = List.copyOf(ports);
    }

    /**
     * Reads the arguments.
     *
     * @throws CommandLineException in Mosquitto's words
     */
    public static CommandLine parse(String... args) throws CommandLineException {
        return new CommandLineParser(args).parse();
    }

    /** The same with another file. */
    public CommandLine withConfigFile(String file) {
        return new CommandLine(file, ports, verbosity, actions, tlsKeylog, consolePort);
    }

    /** What reaches the framework, as properties. */
    public Map<String, String> toProperties() {
        Map<String, String> properties = new LinkedHashMap<>();
        if (configFile != null) {
            properties.put(CONF, configFile);
        }
        if (!ports.isEmpty()) {
            properties.put(
                    PORTS, String.join(",", ports.stream().map(String::valueOf).toList()));
        }
        if (verbosity != Verbosity.FILE) {
            properties.put(VERBOSITY, verbosity.name());
        }
        if (tlsKeylog != null) {
            properties.put(TLS_KEYLOG, tlsKeylog);
        }
        return properties;
    }

    /** The reverse of {@link #toProperties}. */
    public static CommandLine ofProperties(UnaryOperator<@Nullable String> property) {
        List<Integer> ports = new ArrayList<>();
        String portList = property.apply(PORTS);
        if (portList != null && !portList.isBlank()) {
            for (String port : portList.split(",", -1)) {
                ports.add(Integer.parseInt(port.strip()));
            }
        }
        String verbosity = property.apply(VERBOSITY);
        return new CommandLine(
                property.apply(CONF),
                ports,
                verbosity == null ? Verbosity.FILE : Verbosity.valueOf(verbosity),
                NONE.actions,
                property.apply(TLS_KEYLOG),
                null);
    }
}
