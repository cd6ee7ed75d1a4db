// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.index;

import io.culex.store.log.format.MessageView;
import io.culex.store.log.segment.Segments;
import java.util.Arrays;

/**
 * The messages that someone still waits for: where each stands, and for whom. One entry holds location, size and either the
 * slot of the one receiver, or the number of a list. Many small tables: none of them grows for long. For the commit thread.
 */
public final class Messages {
    /** Takes the receivers of a message. */
    public interface Receiver {
        /** One receiver; {@code sending} as in {@link io.culex.store.log.format.Sending}. */
        void receiver(long session, int how, int sending);
    }

    private static final int SHARDS = 64;
    private static final int LOCATION = 1;
    private static final int SIZE_AND_RECEIVERS = 2;

    private final Segments segments;
    private final Sessions sessions;
    private final ReceiverLists lists = new ReceiverLists();
    private final Table[] shards = new Table[SHARDS];
    private int[] scratch = new int[8 * ReceiverLists.STRIDE];
    private long references;
    private int count;

    Messages(Segments segments, Sessions sessions) {
        this.segments = segments;
        this.sessions = sessions;
        Arrays.setAll(shards, shard -> new Table(2));
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** How many receivers they have together. */
    public long references() {
        return references;
    }

    private Table shard(long id) {
        return shards[(int) (Table.mix(id) & SHARDS - 1)];
    }

    /** Where the message stands, or -1 when nobody waits for it. */
    public long location(long id) {
        Table shard = shard(id);
        int entry = shard.find(id);
        return entry < 0 ? -1 : shard.get(entry, LOCATION);
    }

    /** The size of its record; it must be there. */
    public int size(long id) {
        Table shard = shard(id);
        return (int) (shard.get(shard.find(id), SIZE_AND_RECEIVERS) >>> 32);
    }

    /** It stands there, for the receivers it names that are there; what was known of it before does not count any more. */
    void put(MessageView view, long location, int size) {
        long id = view.id();
        remove(id);
        int alive = gather(view);
        if (alive == 0) {
            return;
        }
        boolean alone = alive == 1 && scratch[2] == 0;
        int receivers = alone ? scratch[0] : ~lists.add(scratch, alive);
        Table shard = shard(id);
        int entry = shard.insert(id);
        shard.set(entry, LOCATION, location);
        shard.set(entry, SIZE_AND_RECEIVERS, (long) size << 32 | receivers & 0xFFFF_FFFFL);
        segments.hold(location, size);
        count++;
    }

    private int gather(MessageView view) {
        int named = view.receivers();
        if (named * ReceiverLists.STRIDE > scratch.length) {
            scratch = new int[named * ReceiverLists.STRIDE];
        }
        int alive = 0;
        for (int i = 0; i < named; i++) {
            SessionEntry session = sessions.named(view.session(i));
            if (session != null) {
                int at = alive++ * ReceiverLists.STRIDE;
                scratch[at] = session.slot;
                scratch[at + 1] = view.how(i);
                scratch[at + 2] = view.sending(i);
                sessions.addReference(session);
                references++;
            }
        }
        return alive;
    }

    private void remove(long id) {
        Table shard = shard(id);
        int entry = shard.find(id);
        if (entry < 0) {
            return;
        }
        int receivers = receivers(shard, entry);
        if (receivers >= 0) {
            forget(receivers);
        } else {
            int[] list = lists.get(~receivers);
            for (int i = 0; i < list[0]; i++) {
                forget(list[1 + i * ReceiverLists.STRIDE]);
            }
        }
        drop(shard, entry);
    }

    private static int receivers(Table shard, int entry) {
        return (int) shard.get(entry, SIZE_AND_RECEIVERS);
    }

    private void forget(int slot) {
        sessions.removeReference(sessions.at(slot));
        references--;
    }

    private void drop(Table shard, int entry) {
        int receivers = receivers(shard, entry);
        if (receivers < 0) {
            lists.remove(~receivers);
        }
        segments.release(shard.get(entry, LOCATION), (int) (shard.get(entry, SIZE_AND_RECEIVERS) >>> 32));
        shard.remove(entry);
        count--;
    }

    /** A receiver needs it no longer. Returns whether it was one. */
    boolean done(SessionEntry session, long id, int how, int packetId) {
        Table shard = shard(id);
        int entry = shard.find(id);
        if (entry < 0) {
            return false;
        }
        int receivers = receivers(shard, entry);
        if (receivers >= 0) {
            if (receivers != session.slot) {
                return false;
            }
            drop(shard, entry);
        } else {
            int[] list = lists.get(~receivers);
            int at = ReceiverLists.find(list, session.slot, how, packetId);
            if (at < 0) {
                return false;
            }
            ReceiverLists.removeAt(list, at);
            if (list[0] == 0) {
                drop(shard, entry);
            }
        }
        forget(session.slot);
        return true;
    }

    /** It was sent to a receiver, who has answered PUBREC or not. */
    void sent(SessionEntry session, long id, int how, int packetId, int sending) {
        Table shard = shard(id);
        int entry = shard.find(id);
        if (entry < 0) {
            return;
        }
        int receivers = receivers(shard, entry);
        if (receivers == session.slot) {
            scratch[0] = session.slot;
            scratch[1] = how;
            scratch[2] = sending;
            long size = shard.get(entry, SIZE_AND_RECEIVERS) >>> 32;
            shard.set(entry, SIZE_AND_RECEIVERS, size << 32 | ~lists.add(scratch, 1) & 0xFFFF_FFFFL);
        } else if (receivers < 0) {
            int[] list = lists.get(~receivers);
            int at = ReceiverLists.find(list, session.slot, how, packetId);
            if (at >= 0) {
                list[at + 2] = sending;
            }
        }
    }

    /** Gives the receivers that are left; {@code view} looks at the message's record. */
    public void eachReceiver(MessageView view, Receiver target) {
        Table shard = shard(view.id());
        int receivers = receivers(shard, shard.find(view.id()));
        if (receivers >= 0) {
            SessionEntry session = sessions.at(receivers);
            if (session.state == SessionEntry.State.ALIVE) {
                target.receiver(session.number, howOf(view, session.number), 0);
            }
            return;
        }
        int[] list = lists.get(~receivers);
        for (int i = 0, at = 1; i < list[0]; i++, at += ReceiverLists.STRIDE) {
            SessionEntry session = sessions.at(list[at]);
            if (session.state == SessionEntry.State.ALIVE) {
                target.receiver(session.number, list[at + 1], list[at + 2]);
            }
        }
    }

    private static int howOf(MessageView view, long session) {
        for (int i = 0; i < view.receivers(); i++) {
            if (view.session(i) == session) {
                return view.how(i);
            }
        }
        throw new IllegalStateException("message " + view.id() + " does not name session " + session);
    }

    /** Where all of them stand, in the order of the log. */
    public long[] locations() {
        long[] locations = new long[count];
        int at = 0;
        for (Table shard : shards) {
            for (long id : shard.keys()) {
                locations[at++] = shard.get(shard.find(id), LOCATION);
            }
        }
        Arrays.sort(locations);
        return locations;
    }

    /** Takes all references away that sessions have left behind that have ended. */
    void sweep() {
        for (Table shard : shards) {
            for (long id : shard.keys()) {
                sweep(shard, shard.find(id));
            }
        }
    }

    private void sweep(Table shard, int entry) {
        int receivers = receivers(shard, entry);
        if (receivers >= 0) {
            if (hasEnded(receivers)) {
                drop(shard, entry);
                forget(receivers);
            }
            return;
        }
        int[] list = lists.get(~receivers);
        for (int at = 1 + (list[0] - 1) * ReceiverLists.STRIDE; at > 0; at -= ReceiverLists.STRIDE) {
            if (hasEnded(list[at])) {
                int slot = list[at];
                ReceiverLists.removeAt(list, at);
                forget(slot);
            }
        }
        if (list[0] == 0) {
            drop(shard, entry);
        }
    }

    private boolean hasEnded(int slot) {
        return sessions.at(slot).state == SessionEntry.State.ENDED;
    }

    /** Bytes of the heap that the tables take. */
    public long heapBytes() {
        long bytes = lists.heapBytes();
        for (Table shard : shards) {
            bytes += shard.heapBytes();
        }
        return bytes;
    }
}
