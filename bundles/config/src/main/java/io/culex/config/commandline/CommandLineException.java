// SPDX-License-Identifier: Apache-2.0
package io.culex.config.commandline;

/** The command line is wrong: the message is for standard error, the exit status is 3. */
public final class CommandLineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean usage;

    CommandLineException(String message, boolean usage) {
        super(message);
        this.usage = usage;
    }

    /** Whether the usage is printed after the message. */
    public boolean printsUsage() {
        return usage;
    }
}
