// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

/** Has output that is written once per event-loop iteration. */
public interface Flushable {
    /** Writes what has gathered. On the loop, once after {@link Loop#dirty}. */
    void flush();
}
