// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.SessionDetail;
import io.culex.api.admin.SessionInfo;
import io.culex.api.admin.SubscriptionInfo;
import io.culex.shell.print.Facts;
import io.culex.shell.print.Listing;
import java.time.Duration;

/** All there is to see of one session. */
final class SessionFacts {
    private static final long NEVER = 0xFFFF_FFFFL;

    private SessionFacts() {}

    static Facts of(SessionDetail detail) {
        SessionInfo session = detail.session();
        Listing subscriptions = new Listing("filter", "qos", "no_local", "retain_as_published", "identifier");
        for (SubscriptionInfo one : detail.subscriptions()) {
            subscriptions.row(one.filter(), one.qos(), one.noLocal(), one.retainAsPublished(), one.identifier());
        }
        return new Facts()
                .add("id", session.clientId())
                .add("user", session.username())
                .add("connected", session.connected())
                .add("since", session.since())
                .add("address", session.address())
                .add("listener", session.listener())
                .add("protocol", ProtocolName.of(session.protocolLevel()))
                .add("tls", detail.tls())
                .add("mount_point", detail.mountPoint())
                .add("kept_without_connection", kept(detail.expirySeconds()))
                .add("will_topic", detail.will())
                .add("inflight", session.inflight())
                .add("receiving", detail.receiving())
                .add("queued", session.queued())
                .add("queued_bytes", session.queuedBytes())
                .add("subscriptions", subscriptions);
    }

    private static Object kept(long seconds) {
        return seconds == NEVER ? "for ever" : seconds == 0 ? "no" : Duration.ofSeconds(seconds);
    }
}
