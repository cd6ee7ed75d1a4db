// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

/** Messages may not have been published; the message says why. */
final class UnpublishedException extends Exception {
    private static final long serialVersionUID = 1L;

    UnpublishedException(String message) {
        super(message);
    }

    UnpublishedException(String message, Throwable cause) {
        super(message, cause);
    }
}
