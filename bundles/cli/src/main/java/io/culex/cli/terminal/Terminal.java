// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a person for passwords, or takes them from a pipe. The JDK's console is there only when standard output is a terminal
 * too, so the echo is switched by {@code stty}; it comes back however the command ends.
 */
public final class Terminal {
    /** The system property by which the start script says that standard input is a terminal. */
    public static final String PROPERTY = "culex.terminal";

    private final InputStream in;
    private final PrintStream out;
    private final boolean terminal;

    /**
     * Asks on {@code out} and reads from {@code in}.
     *
     * @param terminal whether a person types
     */
    public Terminal(InputStream in, PrintStream out, boolean terminal) {
        this.in = in;
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * A new password, asked for twice; a pipe may end after the first. Blocks.
     *
     * @return no bytes when nothing was typed, or when the input has ended; nothing when the two differ
     * @throws IOException when the input cannot be read, or the echo cannot be switched off
     */
    public Optional<byte[]> newSecret(String prompt, String again) throws IOException {
        byte[] first = secret(prompt);
        if (first == null || first.length == 0) {
            return Optional.of(new byte[0]);
        }
        byte[] second = secret(again);
        if (second == null && !terminal) {
            return Optional.of(first);
        }
        return second != null && Arrays.equals(first, second) ? Optional.of(first) : Optional.empty();
    }

    /**
     * A line that is not shown while it is typed; null at the end of the input. Blocks.
     *
     * @throws IOException when the input cannot be read, or the echo cannot be switched off
     */
    public byte @Nullable [] secret(String prompt) throws IOException {
        if (!terminal) {
            return line(prompt);
        }
        Thread restore = new Thread(() -> stty("echo"));
        Runtime.getRuntime().addShutdownHook(restore);
        if (!stty("-echo")) {
            throw new IOException("The program stty is needed to hide the password");
        }
        try {
            return line(prompt);
        } finally {
            stty("echo");
            Runtime.getRuntime().removeShutdownHook(restore);
        }
    }

    private static boolean stty(String setting) {
        try {
            return new ProcessBuilder("stty", setting).inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The bytes up to the next line feed; null at the end of the input. */
    private byte @Nullable [] line(String prompt) throws IOException {
        out.print(prompt);
        out.flush();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        boolean ended = next < 0;
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        out.println();
        if (ended) {
            return null;
        }
        byte[] bytes = line.toByteArray();
        boolean carriage = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return carriage ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }
}
