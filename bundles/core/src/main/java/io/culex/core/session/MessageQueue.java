// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.store.How;
import io.culex.core.route.Publication;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait for a session, in order; a ring without an object per message. One that the store has need not be
 * here: then only its id, length and {@link Outgoing} are. On the session's loop.
 */
final class MessageQueue {
    private @Nullable Publication[] messages = Empty.MESSAGES;
    private long[] stored = Empty.LONGS;
    private int[] hows = Empty.INTS;
    private int[] lengths = Empty.INTS;
    private int head;
    private int size;
    private int absent;
    private long bytes;
    private long removed;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Their payload. */
    long bytes() {
        return bytes;
    }

    void add(Publication message, Outgoing how) {
        int tail = grown(message.payload().length);
        messages[tail] = message;
        stored[tail] = message.stored();
        hows[tail] = how.packed();
    }

    /** Adds a message that only the store has. */
    void addStored(long id, int payloadLength, Outgoing how) {
        int tail = grown(payloadLength);
        stored[tail] = id;
        hows[tail] = how.packed();
        absent++;
    }

    private int grown(int length) {
        if (size == messages.length) {
            resize(Math.max(16, size * 2));
        }
        int tail = (head + size) & (messages.length - 1);
        lengths[tail] = length;
        size++;
        bytes += length;
        return tail;
    }

    /** Whether some are not here. */
    boolean hasAbsent() {
        return absent > 0;
    }

    /** The first message; null when only the store has it. Only when there is one. */
    @Nullable
    Publication first() {
        return messages[head];
    }

    /** How the first message goes out. */
    Outgoing firstOutgoing() {
        return Outgoing.unpack(hows[head]);
    }

    int firstLength() {
        return lengths[head];
    }

    void removeFirst() {
        bytes -= lengths[head];
        absent -= messages[head] == null ? 1 : 0;
        messages[head] = null;
        head = (head + 1) & (messages.length - 1);
        size--;
        removed++;
        if (size == 0 && messages.length > 1024) {
            // A long queue was drained: give the memory back.
            clear();
        }
    }

    void clear() {
        removed += size;
        messages = Empty.MESSAGES;
        stored = Empty.LONGS;
        hows = Empty.INTS;
        lengths = Empty.INTS;
        head = 0;
        size = 0;
        absent = 0;
        bytes = 0;
    }

    /** The number of the first; each message that was ever added has one, counting from 0. */
    long firstNumber() {
        return removed;
    }

    /**
     * The ids of those that are not here among the {@code most} from {@code number} on, or fewer, when more than so many bytes of
     * payload would come; 0 in the place of others.
     */
    long[] absentFrom(long number, int most, int mostBytes) {
        int from = (int) (number - removed);
        long[] ids = new long[Math.max(0, Math.min(most, size - from))];
        long payload = 0;
        for (int i = 0; i < ids.length; i++) {
            int place = (head + from + i) & (messages.length - 1);
            payload += messages[place] == null ? lengths[place] : 0;
            if (payload > mostBytes && i > 0) {
                return Arrays.copyOf(ids, i);
            }
            ids[i] = messages[place] == null ? stored[place] : 0;
        }
        return ids;
    }

    /** A message has come from the store; nothing happens when its place is gone. */
    void fill(long number, Publication message) {
        long from = number - removed;
        if (from >= 0 && from < size) {
            int place = (head + (int) from) & (messages.length - 1);
            if (messages[place] == null && stored[place] == message.stored()) {
                messages[place] = message;
                absent--;
            }
        }
    }

    /** Writes the ids in the store of all that are there to {@code ids} from a place on; returns the place behind the last. */
    int storedIds(long[] ids, int at) {
        int next = at;
        for (int i = 0; i < size; i++) {
            long id = stored[(head + i) & (messages.length - 1)];
            if (id != 0) {
                ids[next++] = id;
            }
        }
        return next;
    }

    /** Gives those of QoS 1 and 2, in order. */
    void promised(Consumer<Left> sink) {
        for (int i = 0; i < size; i++) {
            int place = (head + i) & (messages.length - 1);
            if (How.qos(hows[place]) > 0) {
                Publication message = messages[place];
                boolean here = message != null && !message.isLost();
                sink.accept(
                        new Left(stored[place], Outgoing.unpack(hows[place]), lengths[place], here ? message : null));
            }
        }
    }

    private void resize(int length) {
        int first = Math.min(size, messages.length - head);
        @Nullable Publication[] newMessages = new Publication[length];
        System.arraycopy(messages, head, newMessages, 0, first);
        System.arraycopy(messages, 0, newMessages, first, size - first);
        messages = newMessages;
        stored = unrolled(stored, new long[length], first);
        hows = unrolled(hows, new int[length], first);
        lengths = unrolled(lengths, new int[length], first);
        head = 0;
    }

    private long[] unrolled(long[] from, long[] to, int first) {
        System.arraycopy(from, head, to, 0, first);
        System.arraycopy(from, 0, to, first, size - first);
        return to;
    }

    private int[] unrolled(int[] from, int[] to, int first) {
        System.arraycopy(from, head, to, 0, first);
        System.arraycopy(from, 0, to, first, size - first);
        return to;
    }

    @Override
    public String toString() {
        return "MessageQueue" + Arrays.asList(size, bytes);
    }
}
