// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.store.MessageStore.Recovery;
import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredSubscription;
import io.culex.api.store.StoredWill;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a store holds, as a text that can be compared. */
final class Content implements Recovery {
    /** One message that one session waits for. */
    record Delivery(long message, int bytes, int how, int packetId, boolean released) {}

    /** One session with all that is its. */
    static final class OfSession {
        final String session;
        final Map<String, String> subscriptions = new TreeMap<>();
        final List<Delivery> deliveries = new ArrayList<>();
        final TreeSet<Integer> inbound = new TreeSet<>();

        OfSession(String session) {
            this.session = session;
        }

        @Override
        public String toString() {
            return session + " " + subscriptions + " " + deliveries + " " + inbound + "\n";
        }
    }

    final Map<Long, OfSession> sessions = new TreeMap<>();
    final List<Long> sessionsAsGiven = new ArrayList<>();
    final Map<String, String> retained = new TreeMap<>();
    long retainedVersion = -1;

    @Override
    public void session(StoredSession session) {
        sessions.put(session.number(), new OfSession(text(session)));
        sessionsAsGiven.add(session.number());
    }

    static String text(StoredSession session) {
        StoredWill will = session.will();
        return session.number() + "," + session.mountPoint() + "," + session.client() + "," + session.protocolLevel()
                + "," + session.expirySeconds() + "," + session.endsAtMillis()
                + (will == null
                        ? ""
                        : ",will " + text(will.message()) + "," + will.expirySeconds() + "," + will.delaySeconds() + ","
                                + will.dueAtMillis());
    }

    static String text(StoredMessage message) {
        return message.id() + "," + new String(message.topic(), StandardCharsets.UTF_8) + ","
                + new String(message.properties(), StandardCharsets.ISO_8859_1) + ","
                + new String(message.payload(), StandardCharsets.ISO_8859_1) + "," + message.qos() + ","
                + message.retain() + "," + message.expiresAtMillis() + "," + message.publisher();
    }

    @Override
    public void subscription(long session, StoredSubscription subscription) {
        of(session)
                .subscriptions
                .put(subscription.filter(), subscription.options().toString());
    }

    @Override
    public void delivery(long session, long message, int payloadBytes, int how, int packetId, boolean released) {
        of(session).deliveries.add(new Delivery(message, payloadBytes, how, packetId, released));
    }

    @Override
    public void inbound(long session, int packetId) {
        of(session).inbound.add(packetId);
    }

    @Override
    public void retained(StoredMessage message, long version) {
        retained.put(new String(message.topic(), StandardCharsets.UTF_8), version + "," + text(message));
    }

    @Override
    public void retainedVersion(long highest) {
        retainedVersion = highest;
    }

    OfSession of(long session) {
        OfSession found = sessions.get(session);
        if (found == null) {
            throw new IllegalStateException("session " + session + " was not given before what is its");
        }
        return found;
    }

    @Override
    public String toString() {
        return sessions.values() + "\n" + retained;
    }
}
