// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.core.loop.Loop;

/** Gets the messages that its subscriptions match: a session. */
public interface Receiver {
    /** The loop that it lives on for its whole life. Any thread. */
    Loop home();

    /** Whether it has a link that takes messages now. Any thread; a hint. */
    boolean isOnline();

    /** Whether those who publish to it are to wait until it has caught up. Any thread. */
    boolean isCongested();

    /** Runs {@code relief} on the home loop when it has caught up, or is found to be slow. Home loop only. */
    void awaitRelief(Runnable relief);

    /** A number that no other receiver has; any thread. */
    long number();

    /** Takes a message that is being published on its own loop. Home loop only. */
    void deliver(Inbound message, Subscription by);

    /** Takes a message that is kept. Home loop only; false when the receiver is gone and has not taken it: it is {@link #forgo}ne. */
    boolean deliver(Publication message, Subscription by);

    /** A message that it has not taken is none of its own in the store any more. Home loop only. */
    void forgo(Publication message, Subscription by);
}
