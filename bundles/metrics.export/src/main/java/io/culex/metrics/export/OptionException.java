// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

/** An option of an exporter cannot be used; the message is a line for the log. */
public final class OptionException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the whole message. */
    public OptionException(String message) {
        super(message);
    }

    /** With the whole message and what lies behind it. */
    public OptionException(String message, Throwable cause) {
        super(message, cause);
    }
}
