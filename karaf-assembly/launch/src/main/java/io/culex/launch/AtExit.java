// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What is left to do when the JVM ends, in whatever way. A signal that ends it before the broker handles signals itself is
 * a clean stop too: nothing was promised to anyone yet.
 */
final class AtExit {
    private final Deque<Runnable> actions = new ConcurrentLinkedDeque<>();
    private volatile boolean ended;

    AtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::run, "culex-exit"));
    }

    /** Has the action run at the end, before those added earlier. */
    void add(Runnable action) {
        actions.push(action);
    }

    /** The program ended by itself: its exit status counts. */
    void ended() {
        ended = true;
    }

    private void run() {
        actions.forEach(Runnable::run);
        if (!ended) {
            Runtime.getRuntime().halt(0);
        }
    }
}
