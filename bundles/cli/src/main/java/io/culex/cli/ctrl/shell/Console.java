// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.shell;

import io.culex.cli.ctrl.command.Person;
import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.security.tls.KeyPassword;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where commands come from and answers go. One thread. */
public interface Console extends Person, KeyPassword, AutoCloseable {
    /** The words of the next line; null at the end of the input. Blocks. */
    @Nullable
    List<String> words(String prompt);

    /** A line that is not shown; null at the end of the input. Blocks. */
    @Nullable
    String secret(String prompt);

    /** For answers. */
    PrintStream out();

    /** For what is said about them. */
    PrintStream err();

    /** Whether a person types, who sees an error at once. */
    boolean isPerson();

    /** Who completes words from now on. */
    void completeBy(Vocabulary vocabulary);

    @Override
    void close();

    /** What is said of a word that is no command. */
    default String unknown(String word) {
        return "Unknown command '" + word + "'";
    }

    @Override
    default void tell(String line) {
        if (isPerson()) {
            err().println(line);
            err().flush();
        }
    }

    @Override
    default String newPassword(String prompt, String again) throws FailedException {
        String first = secret(prompt);
        if (first == null && isPerson()) {
            throw new FailedException(ExitStatus.USAGE, "Error: No password.");
        }
        if (first == null || first.isEmpty()) {
            return "";
        }
        String second = secret(again);
        if (!first.equals(second) && (second != null || isPerson())) {
            throw new FailedException(ExitStatus.USAGE, "Error: Passwords do not match.");
        }
        return first;
    }

    @Override
    default char[] of(Path keyfile) throws IOException {
        String typed = secret("Enter PEM pass phrase for " + keyfile + ": ");
        if (typed == null) {
            throw new IOException("There is no password for it");
        }
        return typed.toCharArray();
    }
}
