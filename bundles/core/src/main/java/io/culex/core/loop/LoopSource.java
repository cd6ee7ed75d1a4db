// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

/** Gives the broker's loops. A service inside the core. */
public interface LoopSource {
    /** All loops. */
    Loops loops();
}
