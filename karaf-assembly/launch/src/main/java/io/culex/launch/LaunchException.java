// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

/** The machine does not give what the start needs; the message is for standard error, the exit status is 1. */
final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    LaunchException(String message) {
        super(message);
    }

    LaunchException(String message, Throwable cause) {
        super(message, cause);
    }
}
