// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import io.culex.api.store.How;
import io.culex.api.store.Origin;
import io.culex.api.store.Receivers;
import io.culex.api.store.StoreLane;
import io.culex.api.store.StoredClient;
import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredSubscription;
import io.culex.api.store.StoredWill;
import io.culex.store.log.Content.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Operations as a broker may ask for them, done to a lane and to a model alike. */
final class RandomOperations {
    private final Random random;
    private final Content model = new Content();
    private long versions;
    private int packetIds;

    RandomOperations(Random random) {
        this.random = random;
    }

    Content model() {
        return model;
    }

    void next(StoreLane lane) {
        Long session = anySession();
        int dice = random.nextInt(100);
        if (session == null || dice < 4) {
            begin(lane);
        } else if (dice < 6) {
            model.of(session);
            StoredSession changed = session(session, lane);
            Content.OfSession before = model.of(session);
            model.session(changed);
            model.of(session).subscriptions.putAll(before.subscriptions);
            model.of(session).deliveries.addAll(before.deliveries);
            model.of(session).inbound.addAll(before.inbound);
            lane.session(changed);
        } else if (dice < 8 && model.sessions.size() > 3) {
            end(lane, session);
        } else if (dice < 14) {
            subscribe(lane, session);
        } else if (dice < 17) {
            String filter = "f/" + random.nextInt(8);
            model.of(session).subscriptions.remove(filter);
            lane.unsubscribed(session, filter);
        } else if (dice < 45) {
            message(lane);
        } else if (dice < 52) {
            inbound(lane, session);
        } else if (dice < 60) {
            retained(lane);
        } else {
            acknowledge(lane, session);
        }
    }

    private @Nullable Long anySession() {
        List<Long> numbers = new ArrayList<>(model.sessions.keySet());
        return numbers.isEmpty() ? null : numbers.get(random.nextInt(numbers.size()));
    }

    private StoredSession session(long number, StoreLane lane) {
        StoredWill will = random.nextInt(3) == 0
                ? new StoredWill(Stores.retained(lane.newMessage(), "w/ü", "will"), -1, 5, random.nextInt(9))
                : null;
        StoredClient client = new StoredClient("c" + number, random.nextBoolean() ? "user" : null, "tcp");
        StoredSession.Kind kind = StoredSession.Kind.values()[random.nextInt(3)];
        return new StoredSession(number, "m/", client, 4, random.nextInt(3), random.nextInt(1000), will, kind);
    }

    private void begin(StoreLane lane) {
        StoredSession session = session(lane.newMessage(), lane);
        model.session(session);
        lane.session(session);
    }

    private void end(StoreLane lane, long session) {
        List<Delivery> deliveries = model.of(session).deliveries;
        // Some are on their way to the session's loop and not known there yet.
        long[] known = deliveries.stream()
                .filter(delivery -> random.nextInt(4) > 0)
                .mapToLong(Delivery::message)
                .toArray();
        model.sessions.remove(session);
        lane.ended(session, known, known.length);
    }

    private void subscribe(StoreLane lane, long session) {
        StoredSubscription subscription = new StoredSubscription(
                "f/" + random.nextInt(8),
                new SubscribeOptions(
                        QoS.of(random.nextInt(3)), random.nextBoolean(), random.nextBoolean(), random.nextInt(3), 7));
        model.subscription(session, subscription);
        lane.subscribed(session, subscription);
    }

    private StoredMessage message(long id, boolean retain, String topic) {
        StoredClient publisher = random.nextBoolean() ? new StoredClient("p", null, "l") : null;
        byte[] payload = new byte[random.nextInt(20) == 0 ? 3000 : random.nextInt(80)];
        random.nextBytes(payload);
        return new StoredMessage(
                id,
                Stores.bytes(topic),
                new byte[random.nextInt(3)],
                payload,
                random.nextInt(3),
                retain,
                random.nextInt(2) * 99L,
                publisher);
    }

    private void message(StoreLane lane) {
        boolean retain = random.nextInt(6) == 0;
        String topic = "t/" + random.nextInt(6);
        StoredMessage message = message(lane.newMessage(), retain, topic);
        Receivers receivers = new Receivers();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Long session = anySession();
            if (session != null) {
                receivers.add(session, How.of(random.nextInt(3), retain, random.nextInt(2)));
            }
        }
        receivers.add(Long.MAX_VALUE, 1); // a session that is not there
        for (int i = 0; i < receivers.size() - 1; i++) {
            model.delivery(receivers.session(i), message.id(), message.payload().length, receivers.how(i), 0, false);
        }
        Long sender = anySession();
        int packetId = sender != null && random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 0;
        if (packetId != 0 && sender != null) {
            model.inbound(sender, packetId);
        }
        long version = retain ? ++versions : 0;
        if (retain) {
            model.retained(message, version);
        }
        lane.message(message, receivers, new Origin(sender == null || packetId == 0 ? 0 : sender, packetId, version));
    }

    private void inbound(StoreLane lane, long session) {
        int packetId = 1 + random.nextInt(5);
        if (random.nextBoolean()) {
            model.inbound(session, packetId);
            lane.inbound(session, packetId);
        } else {
            model.of(session).inbound.remove(packetId);
            lane.inboundDone(session, packetId);
        }
    }

    private void retained(StoreLane lane) {
        String topic = "t/" + random.nextInt(6);
        long version = ++versions;
        if (random.nextBoolean()) {
            StoredMessage message = message(lane.newMessage(), true, topic);
            model.retained(message, version);
            lane.retain(message, version);
        } else {
            model.retained.remove(topic);
            lane.clear(Stores.bytes(topic), version);
        }
    }

    private void acknowledge(StoreLane lane, long session) {
        List<Delivery> deliveries = model.of(session).deliveries;
        if (deliveries.isEmpty()) {
            lane.done(session, 12345, 1, 0); // of a message that it does not have: nothing
            return;
        }
        int at = random.nextInt(Math.min(4, deliveries.size()));
        Delivery delivery = deliveries.get(at);
        long id = delivery.message();
        int how = delivery.how();
        if (How.qos(how) == 2 && delivery.packetId() == 0 && isOnlyOne(deliveries, id)) {
            int packetId = ++packetIds & 0x7FFF | 1;
            deliveries.set(at, new Delivery(id, delivery.bytes(), how, packetId, false));
            lane.sent(session, id, how, packetId);
        } else if (delivery.packetId() != 0 && !delivery.released()) {
            deliveries.set(at, new Delivery(id, delivery.bytes(), how, delivery.packetId(), true));
            lane.released(session, id, how, delivery.packetId());
        } else {
            deliveries.remove(firstLike(deliveries, delivery));
            lane.done(session, id, how, delivery.packetId());
        }
    }

    private static boolean isOnlyOne(List<Delivery> deliveries, long id) {
        return deliveries.stream().filter(other -> other.message() == id).count() == 1;
    }

    private static int firstLike(List<Delivery> deliveries, Delivery delivery) {
        return deliveries.indexOf(delivery);
    }
}
