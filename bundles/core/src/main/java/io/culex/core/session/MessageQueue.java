// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.route.Publication;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The messages that wait for a session, in order; a ring without an object per message. On the session's loop. */
final class MessageQueue {
    private @Nullable Publication[] messages = {};
    private @Nullable Outgoing[] how = {};
    private int head;
    private int size;
    private long bytes;

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

    void add(Publication message, Outgoing outgoing) {
        if (size == messages.length) {
            resize(Math.max(16, size * 2));
        }
        int tail = (head + size) & (messages.length - 1);
        messages[tail] = message;
        how[tail] = outgoing;
        size++;
        bytes += message.payload().length;
    }

    /** The first message; only when there is one. */
    Publication first() {
        return present(messages[head]);
    }

    /** How the first message goes out. */
    Outgoing firstOutgoing() {
        return present(how[head]);
    }

    void removeFirst() {
        bytes -= first().payload().length;
        messages[head] = null;
        how[head] = null;
        head = (head + 1) & (messages.length - 1);
        size--;
        if (size == 0 && messages.length > 1024) {
            // A long queue was drained: give the memory back.
            clear();
        }
    }

    void clear() {
        messages = new Publication[0];
        how = new Outgoing[0];
        head = 0;
        size = 0;
        bytes = 0;
    }

    private void resize(int length) {
        @Nullable Publication[] newMessages = new Publication[length];
        @Nullable Outgoing[] newHow = new Outgoing[length];
        int first = Math.min(size, messages.length - head);
        System.arraycopy(messages, head, newMessages, 0, first);
        System.arraycopy(messages, 0, newMessages, first, size - first);
        System.arraycopy(how, head, newHow, 0, first);
        System.arraycopy(how, 0, newHow, first, size - first);
        messages = newMessages;
        how = newHow;
        head = 0;
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the queue is empty");
        }
        return value;
    }

    @Override
    public String toString() {
        return "MessageQueue" + Arrays.asList(size, bytes);
    }
}
