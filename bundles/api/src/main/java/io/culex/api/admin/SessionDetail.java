// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All there is to see of one session.
 *
 * @param session what a list of sessions says of it
 * @param mountPoint prefix of its topics; empty without one
 * @param expirySeconds how long it is kept without a connection; 0: it ends with it, 0xFFFFFFFF: for ever
 * @param will the topic of its will, or null without one
 * @param receiving QoS 2 messages from the client that are not complete
 * @param tls version and cipher of its connection, or null without TLS
 * @param subscriptions by filter
 */
public record SessionDetail(
        SessionInfo session,
        String mountPoint,
        long expirySeconds,
        @Nullable String will,
        int receiving,
        @Nullable String tls,
        List<SubscriptionInfo> subscriptions) {
    public SessionDetail {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(mountPoint, "mountPoint");
        subscriptions = List.copyOf(subscriptions);
    }
}
