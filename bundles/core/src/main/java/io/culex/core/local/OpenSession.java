// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import io.culex.api.auth.Subject;
import io.culex.api.local.LocalSession;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.api.message.TopicFilter;
import io.culex.core.loop.Ledger;
import io.culex.core.plugin.Gate;
import io.culex.core.route.Inbound;
import io.culex.core.route.Publication;
import io.culex.core.route.Subscription;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import io.culex.core.session.Standing;
import io.culex.core.session.Subscriptions;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A local session that is open: every call goes to the session's loop. Any thread. */
final class OpenSession implements LocalSession {
    private static final String BRIDGE_STATES = "$SYS/broker/connection/";

    private final Services services;
    private final Session session;
    private final JvmLink link;
    private final boolean present;

    OpenSession(Services services, Session session, JvmLink link, boolean present) {
        this.services = services;
        this.session = session;
        this.link = link;
        this.present = present;
    }

    @Override
    public String clientId() {
        return session.clientId();
    }

    @Override
    public boolean sessionPresent() {
        return present;
    }

    @Override
    public void request(long credit) {
        if (credit <= 0) {
            throw new IllegalArgumentException("credit must be positive, not " + credit);
        }
        session.home().run(() -> {
            if (link.isOpen()) {
                link.credit(credit);
            }
        });
    }

    @Override
    public CompletionStage<ReasonCode> subscribe(String filter, SubscribeOptions options) {
        if (!TopicFilter.isValid(filter)) {
            return CompletableFuture.completedFuture(ReasonCode.TOPIC_FILTER_INVALID);
        }
        return onLoop((answered, gate) -> {
            Subscriptions.Result result = session.subscriptions().subscribe(filter, options, 2, gate);
            Subscription replays = result.replays();
            if (replays != null) {
                session.subscriptions().replay(replays);
            }
            whenKept(answered, result.code());
        });
    }

    @Override
    public CompletionStage<Map<String, SubscribeOptions>> subscriptions() {
        CompletableFuture<Map<String, SubscribeOptions>> found = new CompletableFuture<>();
        session.home().run(() -> found.complete(session.subscriptions().asAskedFor()));
        return found;
    }

    @Override
    public CompletionStage<ReasonCode> unsubscribe(String filter) {
        return onLoop((result, gate) -> whenKept(result, session.subscriptions().unsubscribe(filter, gate)));
    }

    @Override
    public CompletionStage<ReasonCode> publish(Message message) {
        return onLoop((result, gate) -> {
            ReasonCode refusal = refusal(message, gate);
            whenKept(result, refusal == null ? publish(inbound(message)) : refusal);
        });
    }

    /** The message on its way. */
    Inbound inbound(Message message) {
        Publication given = Publication.of(message, session.home().clock().millis(), session.number(), sender());
        Publication mounted = session.mountPoint().isEmpty()
                ? given
                : given.withTopic((session.mountPoint() + message.topic()).getBytes(StandardCharsets.UTF_8));
        Inbound inbound = services.router().inbound(session.home(), services.retainable(mounted, session.home()));
        if (mustBeKept(message)) {
            inbound.promised();
        }
        return inbound;
    }

    ReasonCode publish(Inbound message) {
        boolean heard = services.router().publish(session.home(), message);
        return heard ? ReasonCode.SUCCESS : ReasonCode.NO_MATCHING_SUBSCRIBERS;
    }

    private @Nullable Subject sender() {
        // A bridge's is kept with a retained message: it does not go back over the bridge (Replays).
        return session.standing() == Standing.SYSTEM ? null : session.subject();
    }

    /** Whether it must not be taken without room in the store: what is retained here would be something else at the next start. */
    static boolean mustBeKept(Message message) {
        boolean replaces = message.retain()
                && message.payload().size() > 0
                && !message.topic().startsWith("$SYS/");
        return replaces || message.qos() != QoS.AT_MOST_ONCE;
    }

    /** Why the message is not published; null: it may be. */
    @Nullable
    ReasonCode refusal(Message message, Gate by) {
        if (mustBeKept(message) && !session.home().ledger().takesMessages()) {
            return ReasonCode.QUOTA_EXCEEDED;
        }
        if (session.standing() == Standing.SYSTEM) {
            return null;
        }
        String topic = message.topic();
        // Requests are for clients of a listener, and are never routed (SPEC D.1).
        boolean reserved =
                topic.startsWith("$CONTROL/") || (topic.startsWith("$SYS") && !topic.startsWith(BRIDGE_STATES));
        return reserved || session.refusal(session.mountPoint() + topic, by) != null ? ReasonCode.NOT_AUTHORIZED : null;
    }

    @Override
    public void close() {
        session.home().run(() -> link.close(ReasonCode.SUCCESS));
    }

    /** Runs the work, which completes the result, on the session's loop as soon as the store is there and the gate can decide. */
    CompletionStage<ReasonCode> onLoop(BiConsumer<CompletableFuture<ReasonCode>, Gate> work) {
        CompletableFuture<ReasonCode> result = new CompletableFuture<>();
        Ledger ledger = session.home().ledger();
        session.home()
                .run(() -> ledger.whenThere(() -> link.decided(gate -> {
                    try {
                        if (link.isOpen()) {
                            work.accept(result, gate);
                        } else {
                            // A link that was closed or replaced has no say in the session any more.
                            whenKept(result, ReasonCode.UNSPECIFIED_ERROR);
                        }
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                })));
        return result;
    }

    /** Completes the result when what the loop has given to the store so far is kept. */
    void whenKept(CompletableFuture<ReasonCode> result, ReasonCode code) {
        session.home().ledger().whenKept(new Promised(result, code));
    }
}
