// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.loop.Loop;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The only map that all loops share: which session a Client Identifier has, and with it the loop that it lives on. */
public final class Directory {
    private final ConcurrentMap<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicInteger places = new AtomicInteger();
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger maximum = new AtomicInteger();
    private final CompletableFuture<Void> whole = new CompletableFuture<>();

    /** The key of a Client Identifier behind a mount point. */
    public static String key(String mountPoint, String clientId) {
        return mountPoint.isEmpty() ? clientId : mountPoint + '\0' + clientId;
    }

    /**
     * Names the session of a key, a new one on {@code accepting} when there is none. Any thread. Here it answers at once; the
     * caller must not rely on that, so that a cluster can answer later.
     */
    public void claim(Identity identity, Services services, Loop accepting, Consumer<Session> answer) {
        Session session = sessions.get(identity.key());
        if (session == null) {
            places.incrementAndGet();
            session = settled(new Session(identity, numbers.incrementAndGet(), accepting, services));
        }
        answer.accept(session);
    }

    /**
     * The same where only so many sessions may be.
     *
     * @param answer is given null when a new one would be one too many
     */
    public void claim(
            Identity identity, Services services, Loop accepting, int most, Consumer<@Nullable Session> answer) {
        Session session = sessions.get(identity.key());
        if (session == null) {
            session = takePlace(most)
                    ? settled(new Session(identity, numbers.incrementAndGet(), accepting, services))
                    // Who else has this identifier may have taken the last place meanwhile.
                    : sessions.get(identity.key());
        }
        answer.accept(session);
    }

    /** A session that nobody finds: it is over but for what it has to leave. Any thread. */
    public Session unlisted(Identity identity, Services services, Loop home) {
        return new Session(identity, numbers.incrementAndGet(), home, services);
    }

    /** Checked and counted in one step: connections of all loops come at a time. */
    private boolean takePlace(int most) {
        int limit = most < 1 ? Integer.MAX_VALUE : most;
        int taken = places.get();
        while (taken < limit && !places.compareAndSet(taken, taken + 1)) {
            taken = places.get();
        }
        return taken < limit;
    }

    /** Gives a session the place that was taken for it, unless its identifier has got another one meanwhile. */
    private Session settled(Session made) {
        Session before = sessions.putIfAbsent(made.key(), made);
        if (before != null) {
            places.decrementAndGet();
            return before;
        }
        return made;
    }

    /** Every session that the store has kept is here, or there is no store. Any thread. */
    public void whole() {
        whole.complete(null);
    }

    /**
     * Runs {@code then} when no session can be found in the store any more that is not here yet: at once, or on the thread that
     * begins the broker's work. Any thread.
     */
    public void whenWhole(Runnable then) {
        whole.thenRun(then);
    }

    /** The session of a key, or null. Any thread. */
    public @Nullable Session find(String key) {
        return sessions.get(key);
    }

    /** Every session, of a moment. Any thread. */
    public Collection<Session> all() {
        return sessions.values();
    }

    /** How many sessions there are, connected or not. */
    public int size() {
        return sessions.size();
    }

    /** The Client Identifiers of those that act for a bridge; looks at every session. Any thread. */
    public List<String> ofBridges() {
        return sessions.values().stream()
                .filter(session -> session.standing() == Standing.BRIDGE)
                .map(Session::clientId)
                .toList();
    }

    /**
     * A session has become one of a client, or is none any more; it has a place all the while. On its loop. Counted for all loops
     * together, because the most at a time of each say nothing about the most of all.
     */
    void client(boolean now) {
        int there = now ? clients.incrementAndGet() : clients.decrementAndGet();
        if (now) {
            maximum.accumulateAndGet(there, Math::max);
        }
    }

    /** How many sessions of clients there are, connected or not; those of bridges are, those of the broker itself are not. */
    public int clients() {
        return clients.get();
    }

    /** The most sessions of clients that there were at a time. */
    public int maximum() {
        return maximum.get();
    }

    /** A session has ended; on its loop. */
    void remove(Session session) {
        // From now on the client may have a session on another loop, where it must not overtake what it has published
        // here.
        try {
            session.home().handOverNow();
        } finally {
            if (sessions.remove(session.key(), session)) {
                places.decrementAndGet();
            }
        }
    }
}
