// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import java.io.IOException;

/** One destination of the log. Used by the writing thread only; may block. */
interface Outlet {
    /** Its name for a person. */
    String name();

    /** Takes a formatted line, without its end. */
    void write(Line line, byte[] formatted) throws IOException;

    /** Brings out what was taken. */
    default void flush() throws IOException {}

    /** How many lines it has taken and not brought out. */
    default int held() {
        return 0;
    }

    /** Brings out what was taken, and lets go of what it uses. */
    default void close() throws IOException {}
}
