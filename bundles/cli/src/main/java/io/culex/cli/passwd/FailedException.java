// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

/** The command cannot do what it is asked for; the message is for standard error. */
final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** With exit status 1. */
    FailedException(String message) {
        this(1, message);
    }

    FailedException(int status, String message) {
        super(message);
        this.status = status;
    }

    FailedException(String message, Throwable cause) {
        super(message, cause);
        this.status = 1;
    }

    int status() {
        return status;
    }
}
