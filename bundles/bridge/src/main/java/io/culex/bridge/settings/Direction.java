// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

/** Which way messages of a topic line go, seen from here. */
public enum Direction {
    /** From here to there. */
    OUT,
    /** From there to here. */
    IN,
    /** Both ways. */
    BOTH;

    /** Whether it goes out. */
    public boolean isOut() {
        return this != IN;
    }

    /** Whether it comes in. */
    public boolean isIn() {
        return this != OUT;
    }
}
