// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.local.Backlog;
import io.culex.bridge.link.Peer;
import io.culex.bridge.settings.Address;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a bridge stands, for a person.
 *
 * @param state what it does
 * @param since when that began
 * @param address which it is about; null at first
 * @param peer of the current or the last connection, or null
 * @param failure why the last connection ended, or null
 * @param backlog what waits
 */
record Status(
        State state,
        Instant since,
        @Nullable Address address,
        @Nullable Peer peer,
        @Nullable String failure,
        Backlog backlog) {
    static final Status NEW = new Status(State.STARTING, Instant.EPOCH, null, null, null, Backlog.EMPTY);

    Status with(State other, Address where) {
        Instant begin = other == state ? since : Instant.now();
        return new Status(other, begin, where, peer, failure, backlog);
    }

    Status connected(Peer by) {
        return new Status(state, since, address, by, null, backlog);
    }

    Status failed(String reason) {
        return new Status(state, since, address, peer, reason, backlog);
    }

    Status with(Backlog now) {
        return new Status(state, since, address, peer, failure, now);
    }
}
