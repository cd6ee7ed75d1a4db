// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.jmx;

import io.culex.api.admin.SessionInfo;
import org.jspecify.annotations.Nullable;

/** A session as JMX shows it. */
public final class SessionRow {
    private final SessionInfo info;

    SessionRow(SessionInfo info) {
        this.info = info;
    }

    /** The Client Identifier. */
    public String getClientId() {
        return info.clientId();
    }

    /** The verified user name, or null. */
    public @Nullable String getUsername() {
        return info.username();
    }

    /** Whether it is connected. */
    public boolean isConnected() {
        return info.connected();
    }

    /** Where from, or null. */
    public @Nullable String getAddress() {
        return info.address();
    }

    /** The listener it came in by, or null. */
    public @Nullable String getListener() {
        return info.listener();
    }

    /** 3, 4 or 5. */
    public int getProtocolLevel() {
        return info.protocolLevel();
    }

    /** When it was connected or disconnected, as text. */
    public String getSince() {
        return info.since().toString();
    }

    /** How many subscriptions it has. */
    public int getSubscriptions() {
        return info.subscriptions();
    }

    /** Messages in flight to the client. */
    public int getInflight() {
        return info.inflight();
    }

    /** Messages that wait. */
    public int getQueued() {
        return info.queued();
    }

    /** Their payload. */
    public long getQueuedBytes() {
        return info.queuedBytes();
    }
}
