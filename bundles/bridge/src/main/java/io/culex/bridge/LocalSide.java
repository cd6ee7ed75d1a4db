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
import io.culex.api.message.TopicFilter;
import io.culex.bridge.link.Memory;
import io.culex.bridge.link.Numbers;
import io.culex.bridge.link.Place;
import io.culex.bridge.settings.Address;
import io.culex.bridge.settings.BridgeSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The session of a bridge in this broker: an ordinary one, in which messages wait while there is no connection. A subscription
 * with retain handling 0 is one whose retained messages the other broker has not had. Any thread.
 */
final class LocalSide {
    private static final long NEVER = 0xFFFF_FFFFL;
    private static final SubscribeOptions ENDING = new SubscribeOptions(QoS.AT_MOST_ONCE, true, true, 2, Numbers.GONE);

    private final LocalSessions sessions;
    private final BridgeSettings settings;

    /** Whether it may have messages of QoS 2, also from settings before. */
    private final boolean hasQos2;

    private final Memory memory;

    LocalSide(LocalSessions sessions, BridgeSettings settings) {
        this(sessions, settings, false, new Memory());
    }

    private LocalSide(LocalSessions sessions, BridgeSettings settings, boolean hadQos2, Memory memory) {
        this.sessions = sessions;
        this.settings = settings;
        this.hasQos2 = hadQos2 || settings.topics().sendsQos2();
        this.memory = memory;
    }

    /** The one by other settings. */
    LocalSide by(BridgeSettings changed) {
        return changed.local().clientId().equals(clientId())
                ? new LocalSide(sessions, changed, hasQos2, memory)
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
                memory.sessionIsNew();
            }
            return session;
        });
    }

    /** What the broker at an address may hold. On the bridge's loop. */
    Place at(Address address) {
        return memory.at(address);
    }

    /**
     * Whether Packet Identifiers are to be released at the other broker before messages go out, when that goes on with a session
     * of its own.
     */
    boolean owesRelease(Place place) {
        return hasQos2 && place.owesRelease();
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
                : subscribe(session, false);
        subscribed
                .thenCompose(ready -> {
                    // What new subscriptions bring is asked for on the connection: it must not wait in the queue as
                    // well.
                    session.sendRetained(Set.of());
                    return notice(session, "0");
                })
                .whenComplete((code, failure) -> session.run(() -> {
                    session.close();
                    done.accept(failure);
                }));
    }

    /**
     * Makes the subscriptions those of the settings; completes with the filters whose retained messages are due.
     *
     * @param anew whether those of all are due, on the next connections too, until one has lasted for them
     */
    CompletionStage<Set<String>> subscribe(RelaySession session, boolean anew) {
        return session.subscriptions().thenCompose(found -> {
            Set<String> fresh = new HashSet<>();
            List<CompletableFuture<?>> changes = new ArrayList<>();
            Map<String, SubscribeOptions> wanted = settings.topics().subscriptions();
            Numbers numbers = memory.numbers(found, wanted.keySet());
            // In the order of the lines, and then what is to go: of what is published meanwhile one copy goes out at
            // least.
            wanted.forEach((filter, options) -> {
                SubscribeOptions there = found.get(filter);
                if (anew || there == null || there.retainHandling() == 0) {
                    fresh.add(filter);
                }
                int handling = anew || there == null ? 0 : there.retainHandling();
                SubscribeOptions next = with(options, handling, numbers.of(filter));
                if (!next.equals(there)) {
                    changes.add(session.subscribe(filter, next).toCompletableFuture());
                }
            });
            found.keySet().forEach(filter -> {
                if (!wanted.containsKey(filter)) {
                    changes.add(letGo(session, filter).toCompletableFuture());
                }
            });
            return CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new))
                    .thenApply(done -> fresh);
        });
    }

    /**
     * What is on its way to it from other event loops still comes, because another one has taken its place before that ended: the
     * copies that came by lower lines do not go out. A group has others to give it to.
     */
    private static CompletionStage<?> letGo(RelaySession session, String filter) {
        if (!TopicFilter.isShared(filter)) {
            session.subscribe(filter, ENDING);
        }
        return session.unsubscribe(filter);
    }

    private static SubscribeOptions with(SubscribeOptions options, int retainHandling, int number) {
        return new SubscribeOptions(
                options.qos(), options.noLocal(), options.retainAsPublished(), retainHandling, number);
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
                        session.subscribe(
                                filter, with(options, 2, memory.numbers().of(filter)));
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
