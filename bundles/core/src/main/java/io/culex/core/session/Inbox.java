// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import java.util.BitSet;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The Packet Identifiers of QoS 2 messages that the client has published and not released [MQTT-4.3.3]. The message itself went
 * on when it came; the identifier is kept so that it does not go on twice. On the session's loop.
 */
public final class Inbox {
    private @Nullable BitSet waiting;
    private int size;

    /** Notes an identifier; false when it waits already: the message has come before. */
    public boolean add(int packetId) {
        BitSet ids = waiting;
        if (ids == null) {
            ids = new BitSet();
            waiting = ids;
        } else if (ids.get(packetId)) {
            return false;
        }
        ids.set(packetId);
        size++;
        return true;
    }

    /** Whether an identifier waits. */
    public boolean contains(int packetId) {
        BitSet ids = waiting;
        return ids != null && ids.get(packetId);
    }

    /** PUBREL came; false when the identifier is not known. */
    public boolean release(int packetId) {
        BitSet ids = waiting;
        if (ids == null || !ids.get(packetId)) {
            return false;
        }
        ids.clear(packetId);
        size--;
        return true;
    }

    /** How many wait. */
    public int size() {
        return size;
    }

    /** Gives every identifier that waits. */
    public void forEach(IntConsumer sink) {
        BitSet ids = waiting;
        if (ids != null) {
            ids.stream().forEach(sink);
        }
    }

    /** None waits any more. */
    public void clear() {
        waiting = null;
        size = 0;
    }
}
