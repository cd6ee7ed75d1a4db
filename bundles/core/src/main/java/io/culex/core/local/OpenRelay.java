// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import io.culex.api.local.LocalSession;
import io.culex.api.local.RelaySession;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Counters;
import io.culex.core.loop.Ledger;
import io.culex.core.route.Inbound;
import io.culex.core.session.Session;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The session of a relay that is open: every call goes to the session's loop. Any thread. */
final class OpenRelay implements RelaySession {
    private final OpenSession open;
    private final Session session;
    private final RelayLink link;

    OpenRelay(OpenSession open, Session session, RelayLink link) {
        this.open = open;
        this.session = session;
        this.link = link;
    }

    @Override
    public void run(Runnable task) {
        session.home().run(task);
    }

    @Override
    public CompletionStage<Map<String, SubscribeOptions>> subscriptions() {
        return open.subscriptions();
    }

    @Override
    public CompletionStage<ReasonCode> sendRetained(Set<String> fresh) {
        CompletableFuture<ReasonCode> sent = new CompletableFuture<>();
        Ledger ledger = session.home().ledger();
        session.home()
                .run(() -> ledger.whenThere(() -> {
                    if (link.isOpen()) {
                        session.subscriptions().sendRetained(fresh, () -> sent.complete(ReasonCode.SUCCESS));
                    } else {
                        sent.complete(ReasonCode.UNSPECIFIED_ERROR);
                    }
                }));
        return sent;
    }

    @Override
    public long retainedMark() {
        return session.subscriptions().retainedMark();
    }

    @Override
    public void retainedThere(long mark) {
        if (link.isOpen()) {
            session.subscriptions().retainedThere(mark);
        }
    }

    @Override
    public void received(int packetId) {
        session.home().run(() -> link.received(packetId));
    }

    @Override
    public void acknowledged(int packetId, QoS qos) {
        session.home().run(() -> link.done(packetId, qos.level()));
    }

    @Override
    public CompletionStage<ReasonCode> publish(Message message, int packetId) {
        return open.onLoop((result, gate) -> {
            if (packetId != 0 && session.inbox().contains(packetId)) {
                // It came before; what it was given to the store may not be kept yet.
                open.whenKept(result, ReasonCode.SUCCESS);
                return;
            }
            session.home().counters().increment(Counter.PUBLISH_RECEIVED);
            session.home()
                    .counters()
                    .add(Counter.PUBLISH_BYTES_RECEIVED, message.payload().size());
            ReasonCode refusal = open.refusal(message, gate);
            if (refusal != null) {
                open.whenKept(result, refusal);
            } else {
                accept(message, packetId, result);
            }
        });
    }

    private void accept(Message message, int packetId, CompletableFuture<ReasonCode> result) {
        if (packetId != 0) {
            session.inbox().add(packetId);
        }
        Inbound published = open.inbound(message)
                .under(packetId == 0 ? 0 : session.records().life(), packetId);
        ReasonCode code = open.publish(published);
        if (published.isHeldBack()) {
            // A receiver has fallen behind: the other end gets no acknowledgement, so it sends no more, until that
            // caught up.
            published.awaitRelief(() -> session.home().execute(() -> open.whenKept(result, code)));
        } else {
            open.whenKept(result, code);
        }
    }

    @Override
    public CompletionStage<ReasonCode> release(int packetId) {
        return open.onLoop((result, gate) -> {
            if (session.inbox().release(packetId)) {
                session.records().inboundDone(packetId);
            }
            open.whenKept(result, ReasonCode.SUCCESS);
        });
    }

    @Override
    public CompletionStage<ReasonCode> forgetUnreleased() {
        return open.onLoop((result, gate) -> {
            session.inbox().forEach(id -> session.records().inboundDone(id));
            session.inbox().clear();
            open.whenKept(result, ReasonCode.SUCCESS);
        });
    }

    @Override
    public void carried(long bytesReceived, long bytesSent, long[] received, long[] sent) {
        Counters counters = session.home().counters();
        counters.add(Counter.BYTES_RECEIVED, bytesReceived);
        counters.add(Counter.BYTES_SENT, bytesSent);
        for (int type = 0; type < received.length; type++) {
            counters.received(type, received[type]);
            counters.add(Counter.PACKETS_RECEIVED, received[type]);
            counters.sent(type, sent[type]);
            counters.add(Counter.PACKETS_SENT, sent[type]);
        }
    }

    @Override
    public String clientId() {
        return open.clientId();
    }

    @Override
    public boolean sessionPresent() {
        return open.sessionPresent();
    }

    @Override
    public void request(long credit) {
        open.request(credit);
    }

    @Override
    public CompletionStage<ReasonCode> subscribe(String filter, SubscribeOptions options) {
        return open.subscribe(filter, options);
    }

    @Override
    public CompletionStage<ReasonCode> unsubscribe(String filter) {
        return open.unsubscribe(filter);
    }

    @Override
    public CompletionStage<ReasonCode> publish(Message message) {
        return open.publish(message);
    }

    /** See {@link LocalSession#close}. */
    @Override
    public void close() {
        open.close();
    }
}
