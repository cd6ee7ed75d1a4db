// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Peer;
import io.culex.api.message.ReasonCode;
import io.culex.core.route.Inbound;
import io.culex.core.route.Publication;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A link that writes down what goes out, as {@code q1 #7 dup retain topic=payload}. */
final class FakeLink implements Link {
    final List<String> sent = new ArrayList<>();
    boolean ready = true;
    int level = 5;
    int largestPayload = Integer.MAX_VALUE;
    int backlog;
    int holds;

    @Nullable
    ReasonCode closed;

    private final Peer peer;

    FakeLink(String listener) {
        this.peer = Peer.of(listener, null);
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public boolean send(Inbound message, boolean retain, int subscriptionIdentifier) {
        return send(message.keep(), Outgoing.of(0, retain, subscriptionIdentifier), 0, false);
    }

    @Override
    public boolean send(Publication message, Outgoing how, int packetId, boolean dup) {
        if (message.payload().length > largestPayload) {
            return false;
        }
        sent.add("q" + how.qos() + (packetId == 0 ? "" : " #" + packetId) + (dup ? " dup" : "")
                + (how.retain() ? " retain" : "")
                + (how.subscriptionIdentifier() == 0 ? "" : " id" + how.subscriptionIdentifier())
                + " " + message.topicText() + "=" + new String(message.payload(), StandardCharsets.UTF_8));
        return true;
    }

    /** What has gone out since the last call. */
    List<String> take() {
        List<String> now = List.copyOf(sent);
        sent.clear();
        return now;
    }

    @Override
    public int backlog() {
        return backlog;
    }

    @Override
    public void release(int packetId) {
        sent.add("pubrel #" + packetId);
    }

    @Override
    public void holdUntilKept() {
        holds++;
    }

    @Override
    public void close(ReasonCode reason) {
        closed = reason;
    }

    @Override
    public int protocolLevel() {
        return level;
    }

    @Override
    public Peer peer() {
        return peer;
    }
}
