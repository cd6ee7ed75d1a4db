// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.proxy;

/** The bytes are no PROXY header. */
final class HeaderException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean corrupt;

    private HeaderException(String message, boolean corrupt) {
        super(message);
        this.corrupt = corrupt;
    }

    /** Something else altogether. */
    static HeaderException foreign(String message) {
        return new HeaderException(message, false);
    }

    /** A header whose parts do not fit. */
    static HeaderException corrupt(String message) {
        return new HeaderException(message, true);
    }

    boolean isCorrupt() {
        return corrupt;
    }
}
