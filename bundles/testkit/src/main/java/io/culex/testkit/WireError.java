// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

/** The broker did not do on the wire what the test, or the specification, demands. A test framework sees a failure. */
public sealed class WireError extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** With what was expected and what came instead. */
    public WireError(String message) {
        super(message);
    }

    WireError(String message, Throwable cause) {
        super(message, cause);
    }

    /** Nothing came in time. */
    static final class Silence extends WireError {
        private static final long serialVersionUID = 1L;

        Silence(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
