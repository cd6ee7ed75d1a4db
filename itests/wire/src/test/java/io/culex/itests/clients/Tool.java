// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.clients;

import io.culex.itests.Wire;
import io.culex.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** One run of a client program. */
final class Tool implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String DEBUG = "(Client |Subscribed |Connection |Received |Sending ).*";

    private final Process process;
    private final Path output;
    private final List<String> command;

    private Tool(Process process, Path output, List<String> command) {
        this.process = process;
        this.output = output;
        this.command = command;
    }

    /** A program with the broker's address and the protocol version before its other arguments. */
    static List<String> command(String program, Wire wire, String version, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "stdbuf",
                "-oL",
                program,
                "-h",
                wire.address().getAddress().getHostAddress(),
                "-p",
                Integer.toString(wire.address().getPort()),
                "-V",
                version));
        command.addAll(List.of(arguments));
        return command;
    }

    static Tool start(Path folder, List<String> command) {
        try {
            Path output = Files.createTempFile(folder, "tool", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new Tool(process, output, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end, which must be a good one. */
    static void run(Path folder, String input, List<String> command) {
        try (Tool tool = start(folder, command)) {
            tool.process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            tool.process.getOutputStream().close();
            tool.awaitEnd();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitSubscribed() {
        Await.until(LIMIT, this::describe, () -> read().contains("Subscribed (mid"));
    }

    void awaitEnd() {
        try {
            boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
            Assertions.assertTrue(ended, this::describe);
            Assertions.assertEquals(0, process.exitValue(), this::describe);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** All it printed but its debug lines, once it has ended. */
    List<String> messages() {
        awaitEnd();
        return read().lines().filter(line -> !line.matches(DEBUG)).toList();
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String describe() {
        return command + ":\n" + read();
    }

    private String read() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
