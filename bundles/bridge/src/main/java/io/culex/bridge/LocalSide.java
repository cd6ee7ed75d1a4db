// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.api.local.Authority;
import io.culex.api.local.Backlog;
import io.culex.api.local.Delivery;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import io.culex.api.local.RelayReceiver;
import io.culex.api.local.RelaySession;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.bridge.settings.BridgeSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The session of a bridge in this broker: an ordinary one, in which messages wait while there is no connection. A subscription
 * with retain handling 0 is one whose retained messages the other broker has not had. Any thread.
 */
final class LocalSide {
    private static final long NEVER = 0xFFFF_FFFFL;

    private final LocalSessions sessions;
    private final BridgeSettings settings;

    /** Whether it may have messages of QoS 2, also from settings before. */
    private final boolean hasQos2;

    /** Whether the other broker may hold Packet Identifiers of one that was before it. */
    private final AtomicBoolean isNew;

    LocalSide(LocalSessions sessions, BridgeSettings settings) {
        this(sessions, settings, false, new AtomicBoolean());
    }

    private LocalSide(LocalSessions sessions, BridgeSettings settings, boolean hadQos2, AtomicBoolean isNew) {
        this.sessions = sessions;
        this.settings = settings;
        this.hasQos2 = hadQos2 || settings.topics().sendsQos2();
        this.isNew = isNew;
    }

    /** The one by other settings. */
    LocalSide by(BridgeSettings changed) {
        return changed.local().clientId().equals(clientId())
                ? new LocalSide(sessions, changed, hasQos2, isNew)
                : new LocalSide(sessions, changed);
    }

    /** Nothing is delivered to it: it only subscribes. */
    private record Nobody() implements RelayReceiver {
        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public int backlog() {
            return 0;
        }

        @Override
        public void release(int packetId) {}

        @Override
        public void deliver(Delivery delivery) {}
    }

    String clientId() {
        return settings.local().clientId();
    }

    /** Opens it. */
    CompletionStage<RelaySession> open(RelayReceiver receiver, int receiveMaximum) {
        boolean clean = settings.local().cleanStart();
        LocalSessionRequest request = new LocalSessionRequest(
                clientId(),
                new Authority.Bridge(settings.name()),
                clean,
                clean ? 0 : NEVER,
                receiveMaximum,
                settings.local().queue());
        return sessions.openRelay(request, receiver).thenApply(session -> {
            if (!session.sessionPresent()) {
                isNew.set(true);
            }
            return session;
        });
    }

    /**
     * Whether Packet Identifiers are to be released at the other broker before messages go out, when that goes on with a session
     * of its own.
     */
    boolean owesRelease() {
        return isNew.get() && hasQos2;
    }

    /** The other broker holds none any more that this session does not know. */
    void released() {
        isNew.set(false);
    }

    /**
     * Makes it ready before there is a connection: what is published from now on waits in it. Says that there is none.
     *
     * @param done gets null when it is ready, on the session's event loop; or why it cannot be opened, on any thread
     */
    void prepare(Consumer<@Nullable Throwable> done) {
        open(new Nobody(), 1).whenComplete((session, failure) -> {
            if (failure == null) {
                session.run(() -> prepare(session, done));
            } else {
                done.accept(failure);
            }
        });
    }

    private void prepare(RelaySession session, Consumer<@Nullable Throwable> done) {
        CompletionStage<?> subscribed = settings.local().cleanStart()
                ? CompletableFuture.completedFuture(ReasonCode.SUCCESS)
                : subscribe(session);
        subscribed
                .thenCompose(ready -> notice(session, "0"))
                .whenComplete((code, failure) -> session.run(() -> {
                    session.close();
                    done.accept(failure);
                }));
    }

    /** Makes the subscriptions those of the settings; completes with the filters whose retained messages are due. */
    CompletionStage<Set<String>> subscribe(RelaySession session) {
        return session.subscriptions().thenCompose(found -> {
            Set<String> fresh = new HashSet<>();
            List<CompletableFuture<?>> changes = new ArrayList<>();
            Map<String, SubscribeOptions> wanted = settings.topics().subscriptions();
            found.keySet().stream()
                    .filter(filter -> !wanted.containsKey(filter))
                    .forEach(filter -> changes.add(session.unsubscribe(filter).toCompletableFuture()));
            wanted.forEach((filter, options) -> {
                SubscribeOptions there = found.get(filter);
                if (there == null || there.retainHandling() == 0) {
                    fresh.add(filter);
                }
                if (!options.equals(there)) {
                    SubscribeOptions next = there == null ? with(options, 0) : with(options, there.retainHandling());
                    if (!next.equals(there)) {
                        changes.add(session.subscribe(filter, next).toCompletableFuture());
                    }
                }
            });
            return CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new))
                    .thenApply(done -> fresh);
        });
    }

    private static SubscribeOptions with(SubscribeOptions options, int retainHandling) {
        return new SubscribeOptions(
                options.qos(), options.noLocal(), options.retainAsPublished(), retainHandling, options.identifier());
    }

    /**
     * Sends the retained messages that are due, and notes that the other broker has had those of the filters.
     *
     * @param fresh filters whose retained messages are all due
     */
    void sendRetained(RelaySession session, Set<String> fresh) {
        Map<String, SubscribeOptions> wanted = settings.topics().subscriptions();
        session.sendRetained(fresh).thenAccept(code -> {
            if (!code.isFailure()) {
                wanted.forEach((filter, options) -> {
                    if (fresh.contains(filter)) {
                        session.subscribe(filter, options);
                    }
                });
            }
        });
    }

    /** Says here whether the bridge is connected. */
    CompletionStage<ReasonCode> notice(RelaySession session, String state) {
        if (!settings.notices().on()) {
            return CompletableFuture.completedFuture(ReasonCode.SUCCESS);
        }
        return session.publish(new Message(
                settings.notices().topic(), Payload.of(state), QoS.AT_LEAST_ONCE, true, MessageProperties.NONE));
    }

    /** What waits in it. */
    CompletionStage<Backlog> backlog() {
        return sessions.backlog(clientId());
    }

    /** Ends it with everything that waits in it. */
    static CompletionStage<?> forget(LocalSessions sessions, String clientId) {
        LocalSessionRequest request = new LocalSessionRequest(clientId, new Authority.Bridge(""), true, 0, 1, null);
        return sessions.openRelay(request, new Nobody()).thenAccept(RelaySession::close);
    }
}
