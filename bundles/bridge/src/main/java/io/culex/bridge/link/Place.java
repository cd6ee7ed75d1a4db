// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.local.RelaySession;
import java.util.BitSet;

/** What the broker at one address may hold: Packet Identifiers of QoS 2, for as long as it goes on with its session. On the loop. */
public final class Place {
    private final Memory memory;

    /** Under which it has had a message that it has not said to be complete. */
    private final BitSet sent = new BitSet();

    /** Under which it may hold a message that nobody here has any more. */
    private final BitSet stale = new BitSet();

    /** Of its messages that were taken, and that it has not released. */
    private final BitSet taken = new BitSet();

    /** Whether what it may hold is in {@link #sent}; not before it has released what it had before this bridge began. */
    private boolean isExact;

    Place(Memory memory) {
        this.memory = memory;
    }

    /** The session here begins anew. */
    void sessionIsNew() {
        if (isExact) {
            stale.or(sent);
        } else {
            stale.set(1, RelaySession.FREE_IDENTIFIERS);
        }
        sent.clear();
    }

    /**
     * It is connected, and the session here is open.
     *
     * @param known whether it goes on with its session
     * @return whether the session here has met another one last
     */
    public boolean meets(boolean known) {
        boolean moves = memory.moves(this);
        if (!known) {
            sent.clear();
            stale.clear();
            taken.clear();
            isExact = true;
        }
        return moves;
    }

    /** Whether identifiers are to be released there before messages go out. */
    public boolean owesRelease() {
        return !stale.isEmpty();
    }

    /** Those identifiers. */
    BitSet stale() {
        return (BitSet) stale.clone();
    }

    /** They are released. */
    void released() {
        isExact |= stale.cardinality() == RelaySession.FREE_IDENTIFIERS - 1;
        stale.clear();
    }

    /** The numbers of the subscriptions here. */
    Numbers numbers() {
        return memory.numbers();
    }

    /** It has got, or may hold, a message of QoS 2. */
    void sent(int packetId) {
        sent.set(packetId);
    }

    /** It has answered for a message for the last time. */
    void done(int packetId) {
        sent.clear(packetId);
        memory.done(packetId, this);
    }

    /** A message is given up without its answer. */
    void givenUp(int packetId) {
        memory.done(packetId, null);
    }

    void doneElsewhere(int packetId) {
        if (sent.get(packetId)) {
            sent.clear(packetId);
            stale.set(packetId);
        }
    }

    /** A message of its own of QoS 2 is kept here. */
    void taken(int packetId) {
        taken.set(packetId);
    }

    /** Whether it sends again what was taken, whatever other broker the session here has met since. */
    boolean wasTaken(int packetId) {
        return taken.get(packetId);
    }

    /** It has released a message of its own. */
    void releases(int packetId) {
        taken.clear(packetId);
    }
}
