// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.Running;
import io.culex.api.local.Authority;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import io.culex.api.local.QueueRules;
import io.culex.api.local.RelayReceiver;
import io.culex.api.local.RelaySession;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The broker in this JVM, and as whom an endpoint acts in it. Any thread; does not block. */
record Broker(LocalSessions sessions, Running running) {
    private static final long FOR_EVER = 0xFFFF_FFFFL;

    /** Opens a session to receive by; fails when the broker, or what the endpoint asks for, does not allow it. */
    CompletionStage<LocalSession> openToReceive(Options options, LocalReceiver receiver) {
        try {
            String name = options.sessionName();
            int limit = options.maxQueuedMessages();
            LocalSessionRequest request = new LocalSessionRequest(
                    name,
                    authority(options, name),
                    !options.durable(),
                    options.durable() ? FOR_EVER : 0,
                    options.window(),
                    limit < 0 ? null : new QueueRules(limit, 0, false));
            return sessions.open(request, receiver);
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Opens a session to publish by: a relay's, because that answers only when no receiver that fell behind asks to wait, so a route
     * goes no faster than those who receive.
     */
    CompletionStage<RelaySession> openToPublish(Options options, RelayReceiver receiver) {
        try {
            String name = options.sessionName();
            return sessions.openRelay(
                    new LocalSessionRequest(name, authority(options, name), true, 0, 65_535), receiver);
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Authority authority(Options options, String clientId) {
        if (options.trusted()) {
            return Authority.SYSTEM;
        }
        ListenerSettings listener = listener(options.listener());
        if (options.user() == null && !listener.access().allowAnonymous()) {
            throw new IllegalStateException("listener " + listener.name()
                    + " lets no anonymous clients in: the endpoint needs user=NAME, or trusted=true");
        }
        return new Authority.User(new Subject(clientId, options.user(), Peer.of(listener.name(), null)));
    }

    private ListenerSettings listener(@Nullable String wanted) {
        List<ListenerSettings> found = running.listeners().stream()
                .filter(each -> !each.protocol().equals("http_api"))
                .filter(each -> wanted == null
                        || each.name().equals(wanted)
                        || String.valueOf(each.binding().port()).equals(wanted))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        List<String> names =
                running.listeners().stream().map(ListenerSettings::name).toList();
        throw new IllegalStateException(
                wanted == null
                        ? "the rules of which listener hold? The endpoint needs listener=NAME, one of " + names
                        : "listener=" + wanted + " is " + (found.isEmpty() ? "none" : "more than one") + " of "
                                + names);
    }
}
