// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.outcome;

import org.jspecify.annotations.Nullable;

/** The run, or in the shell the command, cannot go on; the message is for standard error. */
public final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitStatus status;

    /** With the whole message. */
    public FailedException(ExitStatus status, String message) {
        this(status, message, null);
    }

    /** With the whole message and what lies behind it. */
    public FailedException(ExitStatus status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** What the process ends with. */
    public ExitStatus status() {
        return status;
    }

    /** The message. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
