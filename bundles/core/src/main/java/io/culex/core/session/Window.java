// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.store.How;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Counters;
import io.culex.core.route.Publication;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The outgoing QoS 1 and 2 messages of a session that are not acknowledged, by Packet Identifier. An identifier's place is its
 * lowest bits; one whose place is taken is left out when identifiers are given, so finding one takes one look and keeping one
 * allocates nothing. On the session's loop.
 */
final class Window {
    static final int MOST_IDS = 0xFFFF;

    /** So much in flight to one client is not counted: who acknowledges in time costs nothing, and does not suffer for others. */
    static final int UNCOUNTED_BYTES = 4 << 10;

    /** The client has not answered PUBLISH. */
    static final byte SENT = 1;

    /** The client has answered PUBREC; PUBCOMP is missing. */
    static final byte RELEASED = 2;

    private final Counters counters;
    private @Nullable Publication[] messages = Empty.MESSAGES;
    private long[] stored = Empty.LONGS;
    private int[] hows = Empty.INTS;
    private int[] ids = Empty.INTS;
    private byte[] states = Empty.BYTES;
    private long[] order = Empty.LONGS;
    private int size;
    private long bytes;
    private int lastId;
    private int highest = MOST_IDS;
    private long sequence;

    /** An empty one; {@code counters} of the loop are told what is in flight. */
    Window(Counters counters) {
        this.counters = counters;
    }

    int size() {
        return size;
    }

    /** Gives no Packet Identifiers above that one. */
    void highest(int id) {
        highest = id;
    }

    /** Whether another message can be held. */
    boolean hasFreeId() {
        return size < highest;
    }

    /** Payload of the messages that are still held. */
    long bytes() {
        return bytes;
    }

    /** Whether it takes a message with that much payload: one at least, however little may be in flight. */
    boolean hasRoom(int length, long maxBytes) {
        return hasFreeId() && (maxBytes == 0 || size == 0 || bytes + length <= maxBytes);
    }

    /** Whether a message with that much payload would be counted. */
    boolean isCountedWith(int length) {
        return bytes + length > UNCOUNTED_BYTES;
    }

    private void weigh(long change) {
        long before = Math.max(0, bytes - UNCOUNTED_BYTES);
        bytes += change;
        long more = Math.max(0, bytes - UNCOUNTED_BYTES) - before;
        if (more != 0) {
            counters.add(Counter.INFLIGHT_BYTES, more);
        }
    }

    /** Holds a message and gives it a Packet Identifier. */
    int add(Publication message, Outgoing outgoing) {
        if (size * 2 >= ids.length) {
            grow();
        }
        int mask = ids.length - 1;
        do {
            lastId = lastId >= highest ? 1 : lastId + 1;
        } while (ids[lastId & mask] != 0);
        put(lastId, message, message.stored(), outgoing.packed(), SENT);
        return lastId;
    }

    private void put(int id, @Nullable Publication message, long storedId, int how, byte state) {
        int place = id & (ids.length - 1);
        ids[place] = id;
        messages[place] = message;
        stored[place] = storedId;
        hows[place] = how;
        states[place] = state;
        order[place] = ++sequence;
        size++;
        weigh(message == null ? 0 : message.payload().length);
    }

    /** Holds a QoS 2 message under the Packet Identifier that it had before the broker was started again. */
    void recover(int id, long storedId, int how, boolean released) {
        while (size * 2 >= ids.length || ids[id & (ids.length - 1)] != 0) {
            grow();
        }
        put(id, null, storedId, how, released ? RELEASED : SENT);
        lastId = id;
    }

    /** The message of an identifier has come from the store. */
    void fill(int id, Publication message) {
        int place = place(id);
        if (place >= 0 && states[place] == SENT && messages[place] == null && stored[place] == message.stored()) {
            messages[place] = message;
            weigh(message.payload().length);
        }
    }

    /** The id in the store of the message under an identifier in use; 0: it is not there. */
    long stored(int id) {
        return stored[place(id)];
    }

    /** Whether the message under an identifier in use is not here, though it may have to be sent again. */
    boolean isAbsent(int id) {
        int place = place(id);
        return states[place] == SENT && messages[place] == null;
    }

    /** Writes the ids in the store of all that are held to {@code sink} from a place on; returns the place behind the last. */
    int storedIds(long[] sink, int at) {
        int next = at;
        for (int place = 0; place < ids.length; place++) {
            if (ids[place] != 0 && stored[place] != 0) {
                sink[next++] = stored[place];
            }
        }
        return next;
    }

    /** The state of an identifier; 0 when it is not in use. */
    byte state(int id) {
        int place = place(id);
        return place < 0 ? 0 : states[place];
    }

    /** The QoS that the message of an identifier in use was sent at. */
    int qos(int id) {
        return How.qos(hows[place(id)]);
    }

    /** PUBREC came: the message is the client's now, its identifier stays in use. */
    void release(int id) {
        int place = place(id);
        Publication message = messages[place];
        if (message != null) {
            weigh(-message.payload().length);
            messages[place] = null;
        }
        states[place] = RELEASED;
    }

    /** The identifier is free again. */
    void remove(int id) {
        int place = place(id);
        Publication message = messages[place];
        if (message != null) {
            weigh(-message.payload().length);
        }
        messages[place] = null;
        ids[place] = 0;
        states[place] = 0;
        size--;
    }

    void clear() {
        messages = Empty.MESSAGES;
        stored = Empty.LONGS;
        hows = Empty.INTS;
        ids = Empty.INTS;
        states = Empty.BYTES;
        order = Empty.LONGS;
        size = 0;
        weigh(-bytes);
    }

    /** The identifiers in use in the order in which they were given. */
    void inOrder(IntConsumer sink) {
        if (size == 0) {
            return; // as at nearly every login
        }
        IntStream.range(0, ids.length)
                .filter(place -> ids[place] != 0)
                .boxed()
                .sorted(Comparator.comparingLong(place -> order[place]))
                .mapToInt(place -> ids[place])
                .forEach(sink);
    }

    /** Gives the messages of QoS 1, in the order in which they were sent. */
    void unacknowledged(Consumer<Left> sink) {
        inOrder(id -> {
            if (qos(id) == 1) {
                Publication message = message(id);
                sink.accept(new Left(stored(id), outgoing(id), message.payload().length, message));
            }
        });
    }

    /** The message of an identifier in state {@link #SENT} that is not absent. */
    Publication message(int id) {
        Publication message = messages[place(id)];
        if (message == null) {
            throw new IllegalStateException("no message is held for packet " + id);
        }
        return message;
    }

    /** How the message of an identifier in use is sent. */
    Outgoing outgoing(int id) {
        return Outgoing.unpack(hows[place(id)]);
    }

    private int place(int id) {
        if (ids.length == 0) {
            return -1;
        }
        int place = id & (ids.length - 1);
        return id != 0 && ids[place] == id ? place : -1;
    }

    private void grow() {
        int length = Math.max(16, ids.length * 2);
        @Nullable Publication[] oldMessages = messages;
        long[] oldStored = stored;
        int[] oldHows = hows;
        int[] oldIds = ids;
        byte[] oldStates = states;
        long[] oldOrder = order;
        messages = new Publication[length];
        stored = new long[length];
        hows = new int[length];
        ids = new int[length];
        states = new byte[length];
        order = new long[length];
        for (int i = 0; i < oldIds.length; i++) {
            if (oldIds[i] != 0) {
                // Places that differ in fewer bits differ in more bits too: nothing collides.
                int place = oldIds[i] & (length - 1);
                messages[place] = oldMessages[i];
                stored[place] = oldStored[i];
                hows[place] = oldHows[i];
                ids[place] = oldIds[i];
                states[place] = oldStates[i];
                order[place] = oldOrder[i];
            }
        }
    }

    @Override
    public String toString() {
        return "Window"
                + Arrays.toString(Arrays.stream(ids).filter(id -> id != 0).toArray());
    }
}
