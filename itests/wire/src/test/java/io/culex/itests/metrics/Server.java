// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.metrics;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A server of Debian's as a process of the test's own, on a loopback port. */
final class Server implements AutoCloseable {
    private final Path output;
    private final int port;
    private final ProcessBuilder builder;
    private Process process;

    /**
     * Not started yet.
     *
     * @param folder for its output
     * @param port that it listens on when it is ready
     */
    Server(Path folder, int port, String... command) {
        this.port = port;
        this.output = folder.resolve(Path.of(command[0]).getFileName() + ".out");
        this.builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    }

    /** Skips the test where the program is not installed; {@code .ci/run} installs it. */
    static void assumeInstalled(String program) {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin", program)), program + " is installed");
    }

    void start() {
        try {
            Process started = builder.start();
            process = started;
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until(Duration.ofSeconds(60), () -> "port " + port + " to accept\n" + said(), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("it ended:\n" + said());
            }
            return BrokerProcess.accepts(port);
        });
    }

    String said() {
        try {
            return Files.exists(output) ? Files.readString(output) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end:\n" + said());
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
