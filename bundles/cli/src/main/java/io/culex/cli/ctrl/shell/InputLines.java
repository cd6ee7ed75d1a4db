// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of a pipe or a file; nobody is prompted. Passwords are lines, too. */
public final class InputLines implements Console {
    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream err;
    private int line;

    /** Reads UTF-8. */
    public InputLines(InputStream in, PrintStream out, PrintStream err) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.err = err;
    }

    @Override
    public @Nullable List<String> words(String prompt) {
        String line = secret(prompt);
        return line == null ? null : LineWords.of(line);
    }

    @Override
    public @Nullable String secret(String prompt) {
        try {
            line++;
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without the word: behind a command that has failed it may have been meant for its password. */
    @Override
    public String unknown(String word) {
        return "Unknown command (line " + line + ")";
    }

    @Override
    public PrintStream out() {
        return out;
    }

    @Override
    public PrintStream err() {
        return err;
    }

    @Override
    public boolean isPerson() {
        return false;
    }

    @Override
    public void completeBy(Vocabulary vocabulary) {
        // There is nobody to help.
    }

    @Override
    public void close() {
        out.flush();
        err.flush();
    }
}
