// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.mosquitto;

import io.culex.api.message.TopicFilter;
import io.culex.api.store.How;
import io.culex.api.store.Kept;
import io.culex.api.store.MessageStore;
import io.culex.api.store.Origin;
import io.culex.api.store.Receivers;
import io.culex.api.store.StoreLane;
import io.culex.api.store.StoredClient;
import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredSubscription;
import io.culex.store.log.mosquitto.MosquittoDatabase.Client;
import io.culex.store.log.mosquitto.MosquittoDatabase.ClientMessage;
import io.culex.store.log.mosquitto.MosquittoDatabase.Message;
import io.culex.store.log.mosquitto.MosquittoDatabase.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives an empty store what a database of Mosquitto holds. */
final class Moving {
    private static final long FOR_EVER = 0xFFFF_FFFFL;
    // States of a message in Mosquitto, of those that make a difference here.
    private static final int WAIT_FOR_PUBREC = 5;
    private static final int RESEND_PUBREL = 6;
    private static final int WAIT_FOR_PUBCOMP = 9;

    private record Nobody() implements Kept {
        @Override
        public void kept(long operation) {}

        @Override
        public void failed(Throwable cause) {}
    }

    private final StoreLane lane;
    private final Pace pace;
    private final long nowMillis;
    private final Map<String, Long> sessions = new HashMap<>();
    private final Map<Long, List<ClientMessage>> byMessage = new HashMap<>();
    private final Receivers receivers = new Receivers();
    private long version;
    private int messagesLeftOut;
    private int subscriptionsLeftOut;

    Moving(MessageStore store, Path folder, long nowMillis) {
        this.lane = store.lane(new Nobody());
        this.pace = new Pace(store, lane, folder);
        this.nowMillis = nowMillis;
    }

    /** All of it is on the disk then. Blocks. */
    void move(MosquittoDatabase from) throws IOException {
        for (Client client : from.clients) {
            session(client);
            pace.keep();
        }
        for (Subscription subscription : from.subscriptions) {
            subscription(subscription);
            pace.keep();
        }
        for (ClientMessage message : from.clientMessages) {
            if (sessions.containsKey(message.client()) && from.messages.containsKey(message.message())) {
                byMessage
                        .computeIfAbsent(message.message(), id -> new ArrayList<>())
                        .add(message);
            } else {
                messagesLeftOut++;
            }
        }
        Set<Long> retained = new HashSet<>(from.retained);
        // In the order of their numbers: that is the order in which each client is to get them.
        for (Message message : from.messages.values()) {
            message(from, message, retained.contains(message.id()));
            pace.keep();
        }
        pace.end();
    }

    /** What could not be moved, for a person; empty when there was no such thing. */
    String leftOut() {
        return messagesLeftOut + subscriptionsLeftOut == 0
                ? ""
                : messagesLeftOut + " messages for clients and " + subscriptionsLeftOut + " subscriptions";
    }

    private void session(Client client) {
        long number = lane.newMessage();
        sessions.put(client.id(), number);
        boolean forEver = client.expiryInterval() == FOR_EVER;
        long endsAt = client.expiresAt() != 0
                ? client.expiresAt() * 1000
                : forEver ? 0 : nowMillis + client.expiryInterval() * 1000;
        StoredClient stored = new StoredClient(client.id(), client.username(), String.valueOf(client.port()));
        int level = forEver ? 4 : 5; // not written down; the next CONNECT tells
        lane.session(new StoredSession(number, "", stored, level, client.expiryInterval(), endsAt, null));
    }

    private void subscription(Subscription subscription) {
        Long session = sessions.get(subscription.client());
        if (session != null) {
            lane.subscribed(session, new StoredSubscription(subscription.filter(), subscription.options()));
        } else {
            subscriptionsLeftOut++;
        }
    }

    private void message(MosquittoDatabase from, Message message, boolean isRetained) {
        long expiresAt = message.expiry() * 1000;
        if (expiresAt != 0 && expiresAt <= nowMillis) {
            return;
        }
        StoredMessage stored = new StoredMessage(
                lane.newMessage(),
                message.topic(),
                MqttNumber.withoutExpiry(message.properties()),
                message.payload(),
                message.qos(),
                message.retain(),
                expiresAt,
                isRetained
                        ? new StoredClient(message.source(), message.username(), String.valueOf(message.port()))
                        : null);
        List<ClientMessage> ofClients = byMessage.getOrDefault(message.id(), List.of());
        receivers.clear();
        Origin origin = new Origin(0, 0, isRetained ? retain(message) : 0);
        for (ClientMessage one : ofClients) {
            Long session = sessions.get(one.client());
            if (session != null && one.outgoing()) {
                receivers.add(session, how(one));
            } else if (session != null) {
                // Mosquitto routes it when PUBREL comes, and here that was to be done before PUBREC.
                route(from, message, one.client());
                long retainedVersion = message.retain() ? retain(message) : origin.retainedVersion();
                origin = new Origin(session, one.packetId(), retainedVersion);
            }
        }
        if (receivers.size() > 0 || !origin.equals(Origin.NONE)) {
            lane.message(stored, receivers, origin);
            ofClients.forEach(one -> progress(one, stored.id()));
        }
    }

    /** The version of the change when the message is its topic's from now on; 0 when it clears the topic instead. */
    private long retain(Message message) {
        version++;
        if (message.payload().length > 0) {
            return version;
        }
        lane.clear(message.topic(), version);
        return 0;
    }

    /** To whom it would have gone; of a shared subscription to the first member. */
    private void route(MosquittoDatabase from, Message message, String sender) {
        String topic = new String(message.topic(), StandardCharsets.UTF_8);
        Set<String> shared = new HashSet<>();
        for (Subscription subscription : from.subscriptions) {
            Long session = sessions.get(subscription.client());
            int qos = Math.min(message.qos(), subscription.options().qos().level());
            String filter = subscription.filter();
            boolean isOwn =
                    subscription.options().noLocal() && subscription.client().equals(sender);
            boolean isFor = !isOwn && qos > 0 && TopicFilter.matches(TopicFilter.inner(filter), topic);
            if (session != null && isFor && (!TopicFilter.isShared(filter) || shared.add(filter))) {
                receivers.add(session, How.of(qos, false, subscription.options().identifier()));
            }
        }
    }

    private static int how(ClientMessage message) {
        return How.of(message.qos(), message.retain(), message.subscriptionIdentifier());
    }

    /** How far a QoS 2 message is with its receiver. */
    private void progress(ClientMessage one, long id) {
        Long session = sessions.get(one.client());
        if (session == null || !one.outgoing() || one.qos() != 2) {
            return;
        }
        boolean released = one.state() == RESEND_PUBREL || one.state() == WAIT_FOR_PUBCOMP;
        if (released || one.state() == WAIT_FOR_PUBREC) {
            lane.sent(session, id, how(one), one.packetId());
        }
        if (released) {
            lane.released(session, id, how(one), one.packetId());
        }
    }
}
