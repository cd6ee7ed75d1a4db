// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import io.culex.api.auth.Access;
import io.culex.api.auth.Subject;
import io.culex.api.local.LocalSession;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.api.message.TopicFilter;
import io.culex.core.loop.Ledger;
import io.culex.core.route.Publication;
import io.culex.core.route.Subscription;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import io.culex.core.session.Standing;
import io.culex.core.session.Subscriptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A local session that is open: every call goes to the session's loop. Any thread. */
final class OpenSession implements LocalSession {
    private static final String BRIDGE_STATE = "$SYS/broker/connection/+/state";

    private final Services services;
    private final Session session;
    private final LocalLink link;
    private final boolean present;

    OpenSession(Services services, Session session, LocalLink link, boolean present) {
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
        return onLoop(() -> {
            Subscriptions.Result result = session.subscriptions().subscribe(filter, options, 2, session.gate());
            Subscription replays = result.replays();
            if (replays != null) {
                session.subscriptions().replay(replays);
            }
            return result.code();
        });
    }

    @Override
    public CompletionStage<ReasonCode> unsubscribe(String filter) {
        return onLoop(() -> session.subscriptions().unsubscribe(filter, session.gate()));
    }

    @Override
    public CompletionStage<ReasonCode> publish(Message message) {
        return onLoop(() -> {
            ReasonCode refusal = refusal(message);
            if (refusal != null) {
                return refusal;
            }
            Publication given = Publication.of(message, session.home().clock().millis(), session.number(), sender());
            Publication mounted = session.mountPoint().isEmpty()
                    ? given
                    : given.withTopic((session.mountPoint() + message.topic()).getBytes(StandardCharsets.UTF_8));
            boolean heard = services.router().publish(session.home(), mounted);
            return heard ? ReasonCode.SUCCESS : ReasonCode.NO_MATCHING_SUBSCRIBERS;
        });
    }

    private @Nullable Subject sender() {
        return session.standing() == Standing.CLIENT ? session.subject() : null;
    }

    private @Nullable ReasonCode refusal(Message message) {
        if (message.qos() != QoS.AT_MOST_ONCE && !session.home().ledger().takesMessages()) {
            return ReasonCode.QUOTA_EXCEEDED;
        }
        if (session.standing() == Standing.SYSTEM) {
            return null;
        }
        String topic = message.topic();
        boolean reserved = topic.startsWith("$SYS") && !TopicFilter.matches(BRIDGE_STATE, topic);
        return reserved || !session.permits(Access.WRITE, session.mountPoint() + topic, session.gate())
                ? ReasonCode.NOT_AUTHORIZED
                : null;
    }

    @Override
    public void close() {
        session.home().run(() -> link.close(ReasonCode.SUCCESS));
    }

    /** Completes when what the work has given to the store is kept. */
    private CompletionStage<ReasonCode> onLoop(Supplier<ReasonCode> work) {
        CompletableFuture<ReasonCode> result = new CompletableFuture<>();
        Ledger ledger = session.home().ledger();
        session.home()
                .run(() -> ledger.whenThere(() -> {
                    try {
                        // A link that was closed or replaced has no say in the session any more.
                        ReasonCode code = link.isOpen() ? work.get() : ReasonCode.UNSPECIFIED_ERROR;
                        ledger.whenKept(new Promised(result, code));
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                }));
        return result;
    }
}
