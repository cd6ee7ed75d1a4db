// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.index;

import io.culex.store.log.segment.Segments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sessions that are there, each with a small number (its slot) by which messages name it. For the commit thread. */
public final class Sessions {
    /** Bytes of the record of one Packet Identifier. */
    public static final int INBOUND_SIZE = 24;

    private final Segments segments;
    private final Table slotByNumber = new Table(1);
    private final List<@Nullable SessionEntry> slots = new ArrayList<>();
    private final List<Integer> freeSlots = new ArrayList<>();
    private boolean reading = true;
    private long orphans;

    Sessions(Segments segments) {
        this.segments = segments;
    }

    /** How many there are. */
    public int count() {
        return slotByNumber.size();
    }

    /** The session with that number, or null when it has ended or never was. */
    public @Nullable SessionEntry find(long number) {
        int entry = slotByNumber.find(number);
        return entry < 0 ? null : slots.get((int) slotByNumber.get(entry, 1));
    }

    /** The session in a slot. */
    SessionEntry at(int slot) {
        SessionEntry session = slots.get(slot);
        if (session == null) {
            throw new IllegalStateException("no session in slot " + slot);
        }
        return session;
    }

    /** The session that a record names, or null when it has ended; while the log is read it may come later. */
    @Nullable
    SessionEntry named(long number) {
        SessionEntry session = find(number);
        return session == null && reading ? make(number) : session;
    }

    private SessionEntry make(long number) {
        int slot = freeSlots.isEmpty() ? slots.size() : freeSlots.remove(freeSlots.size() - 1);
        SessionEntry session = new SessionEntry(number, slot);
        if (slot == slots.size()) {
            slots.add(session);
        } else {
            slots.set(slot, session);
        }
        slotByNumber.set(slotByNumber.insert(number), 1, slot);
        return session;
    }

    /** Its record stands there now. */
    void put(long number, long location, int size) {
        SessionEntry session = find(number);
        if (session == null) {
            session = make(number);
        }
        if (session.state == SessionEntry.State.ALIVE) {
            segments.release(session.location, session.size);
        }
        session.state = SessionEntry.State.ALIVE;
        session.location = location;
        session.size = size;
        segments.hold(location, size);
    }

    /** It has ended, with all but the messages that still name it. */
    void end(SessionEntry session) {
        if (session.state == SessionEntry.State.ALIVE) {
            segments.release(session.location, session.size);
        }
        releaseAll(session.subscriptions);
        releaseAll(session.inbound);
        session.state = SessionEntry.State.ENDED;
        slotByNumber.remove(slotByNumber.find(session.number));
        orphans += session.references;
        free(session);
    }

    private void releaseAll(Table table) {
        for (long key : table.keys()) {
            drop(table, key);
        }
    }

    private void drop(Table table, long key) {
        int entry = table.find(key);
        if (entry >= 0) {
            segments.release(table.get(entry, 1), (int) table.get(entry, 2));
            table.remove(entry);
        }
    }

    private void set(Table table, long key, long location, int size) {
        drop(table, key);
        int entry = table.insert(key);
        table.set(entry, 1, location);
        table.set(entry, 2, size);
        segments.hold(location, size);
    }

    void subscribed(long number, long filter, long location, int size) {
        SessionEntry session = named(number);
        if (session != null) {
            set(session.subscriptions, filter, location, size);
        }
    }

    void unsubscribed(long number, long filter) {
        SessionEntry session = find(number);
        if (session != null) {
            drop(session.subscriptions, filter);
        }
    }

    void inbound(long number, int packetId, long location) {
        SessionEntry session = named(number);
        if (session != null) {
            set(session.inbound, packetId, location, INBOUND_SIZE);
        }
    }

    void inboundDone(long number, int packetId) {
        SessionEntry session = find(number);
        if (session != null) {
            drop(session.inbound, packetId);
        }
    }

    /** Whether the record there is the session's. */
    boolean isAt(long number, long location) {
        SessionEntry session = find(number);
        return session != null && session.location == location;
    }

    /** Whether the record there is what a session has of that subscription. */
    boolean hasSubscription(long number, long filter, long location) {
        SessionEntry session = find(number);
        return session != null && standsAt(session.subscriptions, filter, location);
    }

    /** Whether the record there is what a session has of that Packet Identifier. */
    boolean hasInbound(long number, int packetId, long location) {
        SessionEntry session = find(number);
        return session != null && standsAt(session.inbound, packetId, location);
    }

    private static boolean standsAt(Table table, long key, long location) {
        int entry = table.find(key);
        return entry >= 0 && table.get(entry, 1) == location;
    }

    void addReference(SessionEntry session) {
        session.references++;
    }

    void removeReference(SessionEntry session) {
        session.references--;
        if (session.state == SessionEntry.State.ENDED) {
            orphans--;
            free(session);
        }
    }

    private void free(SessionEntry session) {
        if (session.references == 0) {
            slots.set(session.slot, null);
            freeSlots.add(session.slot);
        }
    }

    /** References of messages to sessions that have ended. */
    long orphans() {
        return orphans;
    }

    /** The log is read to its end: what was heard of only is none. */
    void endReading() {
        reading = false;
        for (SessionEntry session : List.copyOf(all())) {
            if (session.state == SessionEntry.State.HEARD_OF) {
                end(session);
            }
        }
    }

    /** All that have not ended. */
    public List<SessionEntry> all() {
        List<SessionEntry> all = new ArrayList<>();
        for (SessionEntry session : slots) {
            if (session != null && session.state != SessionEntry.State.ENDED) {
                all.add(session);
            }
        }
        return all;
    }
}
