// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.passwd;

import io.culex.testkit.BrokerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs of {@code bin/culex_passwd} of the distribution, and of Debian's {@code mosquitto_passwd}. */
final class Passwd {
    private static final String OURS =
            BrokerKind.assembly().resolve("bin/culex_passwd").toString();
    private static final String DEBIANS = "/usr/bin/mosquitto_passwd";

    /** What a run ended with, and what it wrote. */
    record Result(int status, String out, String err) {}

    private final Path folder;

    Passwd(Path folder) {
        this.folder = folder;
    }

    Result ours(String input, String... arguments) {
        return run(input, OURS, arguments);
    }

    Result debians(String input, String... arguments) {
        return run(input, DEBIANS, arguments);
    }

    /** Begins a run of ours that nobody waits for yet. */
    Process start(String... arguments) {
        try {
            return new ProcessBuilder(command(OURS, arguments))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String program() {
        return OURS;
    }

    private Result run(String input, String program, String... arguments) {
        try {
            Path in = Files.writeString(Files.createTempFile(folder, "run", ".in"), input);
            Path out = Files.createTempFile(folder, "run", ".out");
            Path err = Files.createTempFile(folder, "run", ".err");
            Process process = new ProcessBuilder(command(program, arguments))
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(program + " does not end");
            }
            return new Result(process.exitValue(), read(out), read(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
