// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** A program of the machine, run to its end. */
public record Program(int exit, String output) {
    private static final int LIMIT_SECONDS = 100;

    /** Runs it with nothing to read. */
    public static Program run(Path folder, String... command) {
        try {
            Path output = Files.createTempFile(folder, "program", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(List.of(command) + " does not end:\n" + Files.readString(output));
            }
            return new Program(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** It ended well. */
    public Program well() {
        Assertions.assertEquals(0, exit, output);
        return this;
    }

    /** It ended badly. */
    public Program badly() {
        Assertions.assertNotEquals(0, exit, output);
        return this;
    }
}
