// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import org.jspecify.annotations.Nullable;

/** Something due at a tick of a {@link Wheel}; a node of the wheel's lists, so that arming it allocates nothing. */
public abstract class Timer {
    @Nullable
    Timer next;

    @Nullable
    Timer previous;

    long dueTick = -1;

    /** Runs on the wheel's loop when it is due; it may arm itself again. */
    protected abstract void expired();

    /** Whether it waits in a wheel. */
    public final boolean isArmed() {
        return dueTick >= 0;
    }
}
