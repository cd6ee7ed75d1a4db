// SPDX-License-Identifier: Apache-2.0
package io.culex.core.store;

import io.culex.api.store.Kept;
import io.culex.api.store.Loaded;
import io.culex.api.store.MessageStore;
import io.culex.api.store.Origin;
import io.culex.api.store.Receivers;
import io.culex.api.store.StoreLane;
import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredSubscription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A store as core sees one, that loses everything it has not kept when it is {@link #crashed}. It keeps by itself, or, after
 * {@link #hold}, when told to.
 */
public final class MemoryStore implements MessageStore, AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Map<Long, StoredSession> sessions = new TreeMap<>();
    private final Map<Long, Map<String, StoredSubscription>> subscriptions = new TreeMap<>();
    private final Map<Long, StoredMessage> messages = new TreeMap<>();
    private final Map<Long, List<Delivery>> deliveries = new TreeMap<>();
    private final Map<Long, Set<Integer>> inbound = new TreeMap<>();
    private final RetainedTable retained = new RetainedTable();
    private final Queue<Operation> taken = new ArrayDeque<>();
    private String identity = UUID.randomUUID().toString();
    private long ids;
    private boolean holding;
    private boolean unreadable;
    private State state = State.READY;
    private volatile long backlog;

    /** A message that a session has not acknowledged. */
    public record Delivery(long message, int how, int packetId, boolean released) {}

    private record Operation(Lane lane, long number, Runnable effect) {}

    /** What another start finds: all that was kept. */
    public synchronized MemoryStore crashed() {
        MemoryStore next = new MemoryStore();
        next.sessions.putAll(sessions);
        subscriptions.forEach((session, all) -> next.subscriptions.put(session, new LinkedHashMap<>(all)));
        next.messages.putAll(messages);
        deliveries.forEach((session, all) -> next.deliveries.put(session, new ArrayList<>(all)));
        inbound.forEach((session, all) -> next.inbound.put(session, new TreeSet<>(all)));
        next.retained.add(retained);
        next.ids = ids;
        next.identity = identity;
        return next;
    }

    /** Keeps nothing more until {@link #keep}. */
    public synchronized void hold() {
        holding = true;
    }

    /** Keeps what was taken, and whatever comes. */
    public synchronized void keep() {
        holding = false;
        thread.execute(this::keepTaken);
    }

    /** It reads no message any more, though it has them all. */
    public synchronized void deaf() {
        unreadable = true;
    }

    /** So many bytes it says that it has not written. */
    public void backlog(long bytes) {
        backlog = bytes;
    }

    /** How much was taken and is not kept. */
    public synchronized int waiting() {
        return taken.size();
    }

    /** It can take no message, or can again. */
    public synchronized void be(State now) {
        state = now;
    }

    /** What a session has not acknowledged. */
    public synchronized List<Delivery> owed(String clientId) {
        return sessions.values().stream()
                .filter(session -> session.client().clientId().equals(clientId))
                .flatMap(session -> deliveries.getOrDefault(session.number(), List.of()).stream())
                .toList();
    }

    /** The sessions by their Client Identifiers. */
    public synchronized List<String> clients() {
        return sessions.values().stream().map(s -> s.client().clientId()).toList();
    }

    /** The payload that is kept for a topic, or null. */
    public synchronized @Nullable String retainedText(String topic) {
        return retained.text(topic);
    }

    /** Keeps the first of what was taken since {@link #hold}, without saying so; false when there is none. */
    public synchronized boolean keepOne() {
        Operation next = taken.poll();
        if (next != null) {
            next.effect().run();
        }
        return next != null;
    }

    private void keepTaken() {
        Map<Lane, Long> reached = new LinkedHashMap<>();
        synchronized (this) {
            while (!holding && !taken.isEmpty()) {
                Operation next = taken.remove();
                next.effect().run();
                reached.put(next.lane(), next.number());
            }
        }
        reached.forEach((lane, number) -> lane.kept.kept(number));
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public synchronized void recover(Recovery recovery) {
        sessions.values().forEach(recovery::session);
        subscriptions.forEach((session, all) -> all.values().forEach(one -> recovery.subscription(session, one)));
        deliveries.forEach((session, all) -> all.forEach(one -> recovery.delivery(
                session, one.message(), lengthOf(one.message()), one.how(), one.packetId(), one.released())));
        inbound.forEach((session, all) -> all.forEach(id -> recovery.inbound(session, id)));
        retained.recover(recovery);
    }

    private int lengthOf(long id) {
        StoredMessage message = messages.get(id);
        return message == null ? 0 : message.payload().length;
    }

    @Override
    public StoreLane lane(Kept kept) {
        return new Lane(kept);
    }

    @Override
    public synchronized State state() {
        return state;
    }

    @Override
    public void sync() {}

    @Override
    public void close() {
        thread.shutdown();
    }

    private final class Lane implements StoreLane {
        private final Kept kept;
        private long operations;

        Lane(Kept kept) {
            this.kept = kept;
        }

        private void take(Runnable effect) {
            synchronized (MemoryStore.this) {
                taken.add(new Operation(this, ++operations, effect));
            }
            thread.execute(MemoryStore.this::keepTaken);
        }

        private void change(long session, Delivery from, @Nullable Delivery to) {
            List<Delivery> all = deliveries.getOrDefault(session, new ArrayList<>());
            int at = all.indexOf(from);
            if (at >= 0 && to == null) {
                all.remove(at);
            } else if (at >= 0) {
                all.set(at, to);
            }
        }

        @Override
        public void session(StoredSession session) {
            take(() -> sessions.put(session.number(), session));
        }

        @Override
        public void ended(long session, long[] ids, int count) {
            take(() -> {
                sessions.remove(session);
                subscriptions.remove(session);
                deliveries.remove(session);
                inbound.remove(session);
            });
        }

        @Override
        public void subscribed(long session, StoredSubscription subscription) {
            take(() -> subscriptions
                    .computeIfAbsent(session, s -> new LinkedHashMap<>())
                    .put(subscription.filter(), subscription));
        }

        @Override
        public void unsubscribed(long session, String filter) {
            take(() ->
                    subscriptions.getOrDefault(session, new LinkedHashMap<>()).remove(filter));
        }

        @Override
        public void message(StoredMessage message, Receivers receivers, Origin origin) {
            long[] to = new long[receivers.size()];
            int[] hows = new int[to.length];
            Arrays.setAll(to, receivers::session);
            Arrays.setAll(hows, receivers::how);
            take(() -> {
                messages.put(message.id(), message);
                for (int i = 0; i < to.length; i++) {
                    if (sessions.containsKey(to[i])) {
                        deliveries
                                .computeIfAbsent(to[i], s -> new ArrayList<>())
                                .add(new Delivery(message.id(), hows[i], 0, false));
                    }
                }
                if (origin.session() != 0) {
                    inbound.computeIfAbsent(origin.session(), s -> new TreeSet<>())
                            .add(origin.packetId());
                }
                if (origin.retainedVersion() != 0) {
                    retained.put(message.topic(), message, origin.retainedVersion());
                }
            });
        }

        @Override
        public void inbound(long session, int packetId) {
            take(() -> inbound.computeIfAbsent(session, s -> new TreeSet<>()).add(packetId));
        }

        @Override
        public void inboundDone(long session, int packetId) {
            take(() -> inbound.getOrDefault(session, new TreeSet<>()).remove(packetId));
        }

        @Override
        public void sent(long session, long message, int how, int packetId) {
            take(() ->
                    change(session, new Delivery(message, how, 0, false), new Delivery(message, how, packetId, false)));
        }

        @Override
        public void released(long session, long message, int how, int packetId) {
            take(() -> change(
                    session, new Delivery(message, how, packetId, false), new Delivery(message, how, packetId, true)));
        }

        @Override
        public void done(long session, long message, int how, int packetId) {
            take(() -> {
                change(session, new Delivery(message, how, packetId, true), null);
                change(session, new Delivery(message, how, packetId, false), null);
            });
        }

        @Override
        public void retain(StoredMessage message, long version) {
            take(() -> retained.put(message.topic(), message, version));
        }

        @Override
        public void clear(byte[] topic, long version) {
            take(() -> retained.put(topic, null, version));
        }

        @Override
        public long newMessage() {
            synchronized (MemoryStore.this) {
                return ++ids;
            }
        }

        @Override
        public long backlog() {
            return backlog;
        }

        @Override
        public void load(long[] wanted, Loaded loaded) {
            thread.execute(() -> {
                List<@Nullable StoredMessage> found = new ArrayList<>();
                synchronized (MemoryStore.this) {
                    for (long id : wanted) {
                        found.add(unreadable ? null : messages.get(id));
                    }
                }
                loaded.loaded(found);
            });
        }
    }
}
