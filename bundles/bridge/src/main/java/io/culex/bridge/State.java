// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import java.util.Locale;

/** What a bridge is doing. */
enum State {
    /** It makes its session here ready. */
    STARTING,
    /** It waits before the next attempt. */
    WAITING,
    /** An attempt is under way. */
    CONNECTING,
    /** Messages go both ways. */
    CONNECTED,
    /** A lazy one has nothing to do. */
    IDLE,
    /** Somebody has paused it. */
    PAUSED,
    /** It does not connect any more. */
    STOPPED;

    /** For a person. */
    String words() {
        return name().toLowerCase(Locale.ROOT);
    }
}
