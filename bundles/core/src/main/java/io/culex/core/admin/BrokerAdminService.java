// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.SessionInfo;
import io.culex.api.admin.TopicSeen;
import io.culex.api.auth.Subject;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Loop;
import io.culex.core.net.Broker;
import io.culex.core.session.Link;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import io.culex.core.session.Standing;
import io.culex.transport.Doors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What an operator sees of the core and does to it. Any thread; answers are gathered from the loops. */
@Component(service = BrokerAdmin.class)
public final class BrokerAdminService implements BrokerAdmin {
    private static final int STOP_SECONDS = 10;

    private final Services services;
    private final Doors doors;

    /** Over the broker and its doors. */
    @Activate
    public BrokerAdminService(@Reference Broker broker, @Reference Doors doors) {
        this.services = broker.services();
        this.doors = doors;
    }

    @Override
    public CompletionStage<List<SessionInfo>> sessions() {
        return new Gathering(services).ask(BrokerAdminService::info);
    }

    private Stream<Session> sessionsOf(Loop loop) {
        return services.directory().all().stream()
                .filter(session -> session.home() == loop && !session.isEnded() && session.isKnown());
    }

    /** On the session's loop. */
    static SessionInfo info(Session session) {
        Link link = session.link();
        Subject subject = session.subject();
        return new SessionInfo(
                session.clientId(),
                subject.username(),
                link != null,
                link == null ? null : link.peer().addressText(),
                link == null ? null : link.peer().listener(),
                session.protocolLevel(),
                Instant.ofEpochMilli(session.since()),
                session.subscriptions().size(),
                session.outbox().inflight(),
                session.outbox().queued(),
                session.outbox().queuedBytes());
    }

    @Override
    public CompletionStage<Boolean> disconnect(String clientId, ReasonCode reason) {
        return new Gathering(services)
                .ask(
                        session -> session.clientId().equals(clientId),
                        session -> close(session.link(), reason) ? session : null)
                .thenApply(closed -> !closed.isEmpty());
    }

    @Override
    public CompletionStage<Integer> expel(Predicate<SessionInfo> which, ReasonCode reason) {
        return new Gathering(services)
                .ask(session -> isMeant(session, which) && close(session.link(), reason) ? session : null)
                .thenApply(List::size);
    }

    /** A client that is to go, and goes without its will. */
    private static boolean isMeant(Session session, Predicate<SessionInfo> which) {
        boolean meant = session.link() != null && session.standing() == Standing.CLIENT && which.test(info(session));
        if (meant) {
            session.lifetime().forgetWill();
        }
        return meant;
    }

    private static boolean close(@Nullable Link link, ReasonCode reason) {
        if (link == null) {
            return false;
        }
        link.close(reason);
        return true;
    }

    @Override
    public void subscriptionTree(Consumer<String> lines) {
        new TreeListing(services.router().tree()).print(lines);
    }

    @Override
    public List<TopicSeen> topicsSeen() {
        return services.router().seen().list();
    }

    @Override
    public CompletionStage<Void> stop() {
        doors.closeAll();
        return onEachLoop(loop -> {
                    // Wills first: who is still connected gets them.
                    List<Session> all = sessionsOf(loop).toList();
                    all.forEach(session -> session.lifetime().publishWill());
                    return all;
                })
                .thenCompose(wills -> handedOver())
                .thenCompose(wills -> onEachLoop(loop -> {
                    sessionsOf(loop)
                            .toList()
                            .forEach(session -> close(session.link(), ReasonCode.SERVER_SHUTTING_DOWN));
                    return loop;
                }))
                .thenComposeAsync(closed -> {
                    // Who has not logged in, and who speaks another protocol.
                    doors.sendAway();
                    return doorsEmpty();
                })
                .completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS);
    }

    /** Completes when what every loop has had for others is with them: it goes there at the end of an iteration. */
    private CompletableFuture<@Nullable Void> handedOver() {
        return CompletableFuture.allOf(services.loops().all().stream()
                .map(loop -> {
                    CompletableFuture<Loop> past = new CompletableFuture<>();
                    loop.execute(() -> loop.nextIteration(() -> past.complete(loop)));
                    return past;
                })
                .toArray(CompletableFuture[]::new));
    }

    /** Completes when the last connection is gone. */
    private CompletableFuture<@Nullable Void> doorsEmpty() {
        CompletableFuture<@Nullable Void> empty = new CompletableFuture<>();
        look(empty);
        return empty;
    }

    private void look(CompletableFuture<@Nullable Void> empty) {
        if (doors.openConnections() == 0) {
            empty.complete(null);
        } else if (!empty.isDone()) {
            CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS).execute(() -> look(empty));
        }
    }

    private <T> CompletableFuture<List<T>> onEachLoop(Function<Loop, T> question) {
        List<CompletableFuture<T>> answers = new ArrayList<>();
        for (Loop loop : services.loops().all()) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            answers.add(answer);
            loop.execute(() -> {
                try {
                    answer.complete(question.apply(loop));
                } catch (RuntimeException | Error e) {
                    answer.completeExceptionally(e);
                }
            });
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> answers.stream().map(CompletableFuture::join).toList());
    }
}
