// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import io.culex.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Somebody at a terminal: a program that keys are sent to, and what it has drawn since. All methods block. */
final class Typing implements AutoCloseable {
    /** Colours, and movements of the cursor. */
    private static final Pattern CONTROL = Pattern.compile("\\x1b(\\[[?0-9;]*[A-Za-z]|[=>])");

    private final Process process;
    private final StringBuffer drawn = new StringBuffer();
    private int seen;

    Typing(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TERM", "xterm");
        process = builder.start();
        Thread reader = new Thread(this::read, "terminal");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] bytes = new byte[1024];
        try (InputStream in = process.getInputStream()) {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                drawn.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            drawn.append(e);
        }
    }

    /** Types; what is waited for from now on is drawn afterwards. */
    void type(String keys) throws IOException {
        seen = drawn.length();
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits until this is drawn. */
    void awaitDrawn(String text) {
        Await.until(Duration.ofSeconds(30), () -> "\"" + text + "\" in\n" + shown(), () -> shown().contains(text));
    }

    private String shown() {
        return CONTROL.matcher(drawn.substring(seen)).replaceAll("");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
