// SPDX-License-Identifier: Apache-2.0
package io.culex.api.local;

import io.culex.api.auth.Subject;

/** On whose authority a local session acts. */
public sealed interface Authority {
    /** The broker itself: no permission is asked for. It alone may publish to {@code $SYS}. */
    record Broker() implements Authority {}

    /**
     * A bridge of this broker: no permission is asked for, but {@code $SYS} is closed save its own state topic.
     *
     * @param name of its connection in the configuration
     */
    record Bridge(String name) implements Authority {}

    /**
     * A user: every permission is asked for as for a client, and the mount point is that of its listener.
     *
     * @param subject who it is; the listener of its peer says which plugins are asked
     */
    record User(Subject subject) implements Authority {}

    /** The broker itself. */
    Authority SYSTEM = new Broker();
}
