// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What became of a program.
 *
 * @param exit its status
 * @param text what it wrote to standard output and error, in one
 */
record Outcome(int exit, String text) {
    private static final int SECONDS = 90;

    /** Runs it with nothing on its standard input; blocks. */
    static Outcome of(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        CompletableFuture<byte[]> text = CompletableFuture.supplyAsync(() -> {
            try {
                return process.getInputStream().readAllBytes();
            } catch (IOException e) {
                return new byte[0];
            }
        });
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(builder.command() + " did not end in time");
        }
        return new Outcome(process.exitValue(), new String(text.join(), StandardCharsets.UTF_8));
    }
}
