// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.loop;

/** The event loop of one bridge, on which everything of it runs, and its time. Any thread. */
public interface Clockwork {
    /** Something that is to happen. */
    interface Alarm {
        /** It is not to happen any more. */
        void cancel();
    }

    /** Milliseconds that only grow. */
    long millis();

    /** Whether the caller runs on the loop. */
    boolean isHere();

    /** Runs a task on the loop: at once when called there. */
    void run(Runnable task);

    /** Runs a task on the loop after a time. */
    Alarm after(long millis, Runnable task);
}
