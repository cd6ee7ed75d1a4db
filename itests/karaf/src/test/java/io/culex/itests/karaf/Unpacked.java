// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Distributions unpacked for a test, below the module's {@code target}. */
final class Unpacked {
    private Unpacked() {}

    /** Unpacks a tar.gz into a folder of that name; returns the folder at its top. */
    static Path of(String tarGz, String name) throws IOException, InterruptedException {
        Path folder = Path.of("target", name).toAbsolutePath();
        // What an earlier run of the tests has left.
        run("rm", "-rf", folder.toString());
        Files.createDirectories(folder);
        run("tar", "xf", tarGz, "-C", folder.toString());
        try (Stream<Path> top = Files.list(folder)) {
            return top.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Outcome outcome = Outcome.of(new ProcessBuilder(command));
        if (outcome.exit() != 0) {
            throw new IOException(outcome.text());
        }
    }
}
