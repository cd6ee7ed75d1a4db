// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

/** A text is not a password hash; the message says why, and never quotes the text, which may be a clear password. */
public final class InvalidHashException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidHashException(String message) {
        super(message);
    }

    InvalidHashException(String message, Throwable cause) {
        super(message, cause);
    }
}
