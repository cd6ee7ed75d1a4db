// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What there is to see of one session.
 *
 * @param clientId the Client Identifier
 * @param username the verified user name, or null
 * @param connected whether it has a link now
 * @param address {@code ip:port}, or null when not connected
 * @param listener the listener it came in by, or null when not connected
 * @param protocolLevel 3, 4 or 5 of the current or last connection
 * @param since when it connected, or when it was disconnected
 * @param subscriptions how many
 * @param inflight outgoing QoS 1 and 2 messages in flight
 * @param queued messages that wait
 * @param queuedBytes their payload
 */
public record SessionInfo(
        String clientId,
        @Nullable String username,
        boolean connected,
        @Nullable String address,
        @Nullable String listener,
        int protocolLevel,
        Instant since,
        int subscriptions,
        int inflight,
        int queued,
        long queuedBytes) {}
