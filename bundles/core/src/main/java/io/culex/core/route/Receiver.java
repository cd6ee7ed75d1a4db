// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.core.loop.Loop;

/** Gets the messages that its subscriptions match: a session. */
public interface Receiver {
    /** The loop that it lives on for its whole life. Any thread. */
    Loop home();

    /** Whether it has a link that takes messages now. Any thread; a hint. */
    boolean isOnline();

    /** A number that no other receiver has; any thread. */
    long number();

    /** Takes a message that is being published on its own loop. Home loop only. */
    void deliver(Inbound message, Subscription by);

    /** Takes a message that is kept. Home loop only; false when the receiver is gone and has not taken it. */
    boolean deliver(Publication message, Subscription by);
}
