// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

/** What one loop hands over to another: a message and the receivers of it that live there. */
public interface Delivered {
    /** Delivers to the receivers; on their loop. */
    void deliver(Object receivers);

    /** Bytes that it takes in memory until it is delivered. */
    default int weight() {
        return 0;
    }
}
