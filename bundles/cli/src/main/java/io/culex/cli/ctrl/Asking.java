// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl;

import io.culex.cli.ctrl.command.Person;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.cli.terminal.Terminal;
import io.culex.security.tls.KeyPassword;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A person who is asked at a terminal, or a pipe. Questions go to standard error: standard output is for answers. */
final class Asking implements Person, KeyPassword {
    private final Terminal terminal;
    private final PrintStream err;

    Asking(Terminal terminal, PrintStream err) {
        this.terminal = terminal;
        this.err = err;
    }

    @Override
    public void tell(String line) {
        err.println(line);
    }

    @Override
    public String newPassword(String prompt, String again) throws FailedException {
        try {
            byte[] typed = terminal.newSecret(prompt, again)
                    .orElseThrow(() -> new FailedException(ExitStatus.USAGE, "Error: Passwords do not match."));
            return new String(typed, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** A password that exists already. */
    String password(String prompt) throws FailedException {
        try {
            byte[] typed = terminal.secret(prompt);
            return typed == null ? "" : new String(typed, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public char[] of(Path keyfile) throws IOException {
        byte[] typed = terminal.secret("Enter PEM pass phrase for " + keyfile + ": ");
        if (typed == null) {
            throw new IOException("There is no password for it");
        }
        return new String(typed, StandardCharsets.UTF_8).toCharArray();
    }

    private static FailedException unreadable(IOException e) {
        return new FailedException(ExitStatus.UNREACHABLE, "Error getting password: " + e.getMessage() + ".", e);
    }
}
