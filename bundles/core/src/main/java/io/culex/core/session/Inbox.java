// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import java.util.BitSet;
import java.util.function.IntConsumer;

/**
 * The Packet Identifiers of QoS 2 messages that the client has published and not released [MQTT-4.3.3]. The message itself went
 * on when it came; the identifier is kept so that it does not go on twice. On the session's loop.
 */
public final class Inbox {
    private final BitSet waiting = new BitSet();
    private int size;

    /** Notes an identifier; false when it waits already: the message has come before. */
    public boolean add(int packetId) {
        if (waiting.get(packetId)) {
            return false;
        }
        waiting.set(packetId);
        size++;
        return true;
    }

    /** Whether an identifier waits. */
    public boolean contains(int packetId) {
        return waiting.get(packetId);
    }

    /** PUBREL came; false when the identifier is not known. */
    public boolean release(int packetId) {
        boolean known = waiting.get(packetId);
        if (known) {
            waiting.clear(packetId);
            size--;
        }
        return known;
    }

    /** How many wait. */
    public int size() {
        return size;
    }

    /** Gives every identifier that waits. */
    public void forEach(IntConsumer sink) {
        waiting.stream().forEach(sink);
    }

    /** None waits any more. */
    public void clear() {
        waiting.clear();
        size = 0;
    }
}
