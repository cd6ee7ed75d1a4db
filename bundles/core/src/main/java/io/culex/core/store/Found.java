// SPDX-License-Identifier: Apache-2.0
package io.culex.core.store;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.store.MessageStore;
import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredSubscription;
import io.culex.core.loop.Loop;
import io.culex.core.route.Publication;
import io.culex.core.session.Identity;
import io.culex.core.session.Recovered;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes what the store has kept, and makes sessions and retained messages of it. On the thread of the start, while no door is
 * open: nobody else knows the sessions yet.
 */
final class Found implements MessageStore.Recovery {
    private static final long[] NO_MESSAGES = {};

    private final Services services;
    private final Map<Long, Recovered> sessions = new HashMap<>();
    private final Map<String, Peer> peers = new HashMap<>();
    private final List<Long> replaced = new ArrayList<>();
    private long messages;
    private long retained;
    private int over;

    Found(Services services) {
        this.services = services;
    }

    @Override
    public void session(StoredSession stored) {
        Subject subject = new Subject(
                stored.client().clientId(),
                stored.client().username(),
                peers.computeIfAbsent(stored.client().listener(), listener -> Peer.of(listener, null)));
        Identity identity = new Identity(stored.mountPoint(), subject.clientId());
        Loop home = services.loops().spread(identity.key());
        if (Recovered.isOver(stored)) {
            over++;
            add(services.directory().unlisted(identity, services, home), stored, subject);
        } else {
            services.directory().claim(identity, services, home, session -> {
                replace(session.records().life());
                add(session, stored, subject);
            });
        }
    }

    private void add(Session session, StoredSession stored, Subject subject) {
        sessions.put(stored.number(), new Recovered(session, stored, subject));
    }

    /** The end of the client's session before this one was not kept, or is damaged: what belongs to it is nobody's. */
    private void replace(long number) {
        if (number != 0) {
            sessions.remove(number);
            replaced.add(number);
        }
    }

    @Override
    public void subscription(long session, StoredSubscription subscription) {
        Recovered owner = sessions.get(session);
        if (owner != null) {
            owner.subscription(subscription);
        }
    }

    @Override
    public void delivery(long session, long message, int payloadBytes, int how, int packetId, boolean released) {
        Recovered owner = sessions.get(session);
        if (owner != null) {
            messages++;
            owner.delivery(message, payloadBytes, how, packetId, released);
        }
    }

    @Override
    public void inbound(long session, int packetId) {
        Recovered owner = sessions.get(session);
        if (owner != null) {
            owner.inbound(packetId);
        }
    }

    @Override
    public void retained(StoredMessage message, long version) {
        retained++;
        services.router().retained().found(Publication.of(message), version);
    }

    @Override
    public void retainedVersion(long highest) {
        services.router().retained().foundVersion(highest);
    }

    /** The broker runs: each session goes on, or ends, on its loop. */
    void begin() {
        for (Recovered session : sessions.values()) {
            session.home().execute(session::begin);
        }
        Loop any = services.loops().get(0);
        for (long session : replaced) {
            any.execute(() -> any.ledger().give().ended(session, NO_MESSAGES, 0));
        }
    }

    String summary() {
        return "Found in the store: " + (sessions.size() - over) + " sessions, " + messages + " messages for them, "
                + retained + " retained messages.";
    }
}
