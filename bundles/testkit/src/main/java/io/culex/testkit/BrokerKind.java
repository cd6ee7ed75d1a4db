// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which broker is under test: system property {@code culex.broker}. */
public enum BrokerKind {
    /** {@code assembly}, the default: {@code bin/culex} of the unpacked distribution, or of {@code culex.assembly}. */
    CULEX,
    /** {@code mosquitto}: the one that is installed, to try the tests themselves. */
    MOSQUITTO,
    /** {@code external:host:port}: one that runs already; it is neither configured nor stopped. */
    EXTERNAL;

    private static final String PROPERTY = "culex.broker";
    private static final String DEFAULT = "assembly";

    /** The kind that the system property names. */
    public static BrokerKind selected() {
        String name = System.getProperty(PROPERTY, DEFAULT);
        if (name.startsWith("external:")) {
            return EXTERNAL;
        }
        return switch (name) {
            case DEFAULT -> CULEX;
            case "mosquitto" -> MOSQUITTO;
            default -> throw new IllegalArgumentException(PROPERTY + "=" + name);
        };
    }

    /** Host and port of {@link #EXTERNAL}. */
    static String[] external() {
        return System.getProperty(PROPERTY, DEFAULT)
                .substring("external:".length())
                .split(":", 2);
    }

    /** The program and its arguments. */
    List<String> command(List<String> arguments) {
        List<String> command = new java.util.ArrayList<>();
        command.add(
                this == MOSQUITTO
                        ? "/usr/sbin/mosquitto"
                        : assembly().resolve("bin/culex").toString());
        command.addAll(arguments);
        return command;
    }

    /** The folder of the unpacked distribution. */
    public static Path assembly() {
        String named = System.getProperty("culex.assembly");
        if (named != null) {
            return Path.of(named);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path candidate = folder.resolve("karaf-assembly/target/assembly");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
            folder = folder.getParent();
        }
        throw new IllegalStateException("no karaf-assembly/target/assembly above "
                + Path.of("").toAbsolutePath() + ": build it first, or set culex.assembly");
    }
}
