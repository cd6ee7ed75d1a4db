// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.real;

import io.culex.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A terminal with a program in it, a keyboard, and what has appeared so far. */
public final class Screen implements AutoCloseable {
    private final StringBuffer seen = new StringBuffer();
    private final Process process;
    private final OutputStream keyboard;
    private int from;

    private Screen(Process process) {
        this.process = process;
        this.keyboard = process.getOutputStream();
        Thread reader = new Thread(() -> read(process.getInputStream()), "screen");
        reader.setDaemon(true);
        reader.start();
    }

    /** Runs a command line of the shell in a terminal of 40 lines with 120 columns. */
    public static Screen run(Map<String, String> environment, String command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "script", "-qec", "stty cols 120 rows 40; exec " + command, "/dev/null")
                .redirectErrorStream(true);
        builder.environment().put("TERM", "xterm");
        // One that waited for the program would take its Ctrl-C for itself, and end with it.
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().putAll(environment);
        return new Screen(builder.start());
    }

    private void read(InputStream in) {
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                seen.append((char) next);
            }
        } catch (IOException e) {
            seen.append(e);
        }
    }

    /** Types a text; a line feed is the Enter key. */
    public void type(String text) throws IOException {
        keyboard.write(text.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    /** Waits for a text behind the last one that was waited for. */
    public void await(String text) {
        Await.until(Duration.ofSeconds(30), () -> "\"" + text + "\" in\n" + seen, () -> seen.indexOf(text, from) >= 0);
        from = seen.indexOf(text, from) + text.length();
    }

    /** All that has appeared. */
    public String text() {
        return seen.toString();
    }

    /** Waits for the end; returns the exit status. */
    public int exit() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("does not end:\n" + seen);
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        keyboard.close();
    }
}
