// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.store.Kept;
import io.culex.api.store.StoreLane;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that stores messages for session 1, numbered by their payloads, without end, acknowledges each but every
 * fifth, and says on its output how far they are kept.
 */
final class Child implements AutoCloseable {
    private static final int PERIOD = 5;

    private final Process process;
    private final BufferedReader output;
    private long kept;

    Child(Path folder) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader(StandardCharsets.US_ASCII);
    }

    long pid() {
        return process.pid();
    }

    long kept() {
        return kept;
    }

    /** Reads its output until that many messages are kept. */
    void awaitKept(long count) throws IOException {
        while (kept < count) {
            String line = output.readLine();
            if (line == null) {
                throw new IOException("the process has ended");
            }
            kept = Long.parseLong(line);
        }
    }

    /** Kills it, and reads what it had said before. Returns how many messages are kept. */
    long kill() throws IOException, InterruptedException {
        process.toHandle().destroyForcibly(); // unlike the process itself it leaves the output open
        process.waitFor(20, TimeUnit.SECONDS);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            kept = line.matches("\\d{12}") ? Long.parseLong(line) : kept;
        }
        return kept;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    static boolean isAcknowledged(long number) {
        return number % PERIOD != 0;
    }

    public static void main(String[] arguments) throws Exception {
        LogEngine store = Stores.open(Path.of(arguments[0]));
        Content before = Stores.content(store);
        PrintStream out = System.out;
        long start = before.sessions.isEmpty() ? 0 : 1;
        long[] known = {1 - start};
        Object turn = new Object();
        StoreLane lane = store.lane(new Kept() {
            @Override
            public void kept(long operation) {
                // Operation 2 n + first is the acknowledgement, or a second message, after message n.
                out.printf("%012d%n", Math.max(0, (operation - known[0]) / 2));
                out.flush();
                synchronized (turn) {
                    turn.notifyAll();
                }
            }

            @Override
            public void failed(Throwable cause) {
                throw new IllegalStateException(cause);
            }
        });
        if (start == 0) {
            lane.session(Stores.session(1));
        }
        for (long number = 1; ; number++) {
            long id = lane.newMessage();
            lane.message(
                    Stores.message(id, String.format("%012d", number) + "x".repeat(100)), Stores.to(1), Stores.none());
            lane.done(1, isAcknowledged(number) ? id : 0, 1, 0);
            if (lane.backlog() > 1 << 20) {
                synchronized (turn) {
                    turn.wait(1);
                }
            }
        }
    }
}
