// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.local.RelaySession;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** What the broker at one address may hold: Packet Identifiers of QoS 2, for as long as it goes on with its session. On the loop. */
public final class Place {
    private static final int MOST_IDENTIFIERS = 1 << 16;

    private final Memory memory;

    /** Under which it has had a message that it has not said to be complete. */
    private final BitSet sent = new BitSet();

    /** Under which it may hold a message that nobody here has any more. */
    private final BitSet stale = new BitSet();

    /** Its messages of QoS 2 that came in, and that it has not released. */
    private final Map<Integer, Taken> taken = new HashMap<>();

    /** Whether what it may hold is in {@link #sent}; not before it has released what it had before this bridge began. */
    private boolean isExact;

    /** What the session here may hold under them may be another broker's. */
    private final BitSet doubtful = new BitSet();

    Place(Memory memory) {
        this.memory = memory;
    }

    /** It may have got messages under those before this bridge began, which are done by now. */
    void mayHold(BitSet done) {
        stale.or(done);
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

    /** Whether nobody knows which broker the session here has met last. */
    public boolean isFirst() {
        return memory.isFirst();
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
        if (moves || !known) {
            doubtful.clear();
        }
        return moves;
    }

    /** What the session here holds of the other end was found at the start, and there are several that it may be of. */
    public void holdsPerhapsAnothers() {
        doubtful.set(1, MOST_IDENTIFIERS);
    }

    /** Whether a message of that broker, the first one under that identifier, may meet what another one has not released. */
    boolean mayMeetAnothers(int packetId) {
        boolean may = doubtful.get(packetId);
        doubtful.clear(packetId);
        return may;
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

    /** A message under that identifier goes out for the first time, to whichever broker. */
    void begins(int packetId) {
        memory.begins(packetId);
    }

    /** Whether it has had, or may have had, the message of QoS 2 that is on its way under that identifier. */
    boolean mayHave(int packetId) {
        return sent.get(packetId) || (!isExact && memory.isOlder(packetId));
    }

    /** It has answered for a message of QoS 2 for the last time. */
    void done(int packetId) {
        sent.clear(packetId);
        memory.done(packetId, this);
    }

    /** A message of QoS 2 is given up without its answer. */
    void givenUp(int packetId) {
        memory.done(packetId, null);
    }

    void doneElsewhere(int packetId) {
        if (mayHave(packetId)) {
            sent.clear(packetId);
            stale.set(packetId);
        }
    }

    /** A message of its own of QoS 2 has come in. */
    void takes(int packetId, Taken message) {
        taken.put(packetId, message);
    }

    /** That one could not be kept here. */
    void takesNot(int packetId, Taken message) {
        taken.remove(packetId, message);
    }

    /** Whether it sends again what was taken, also when that came over another address that leads to it. */
    boolean wasTaken(int packetId, Taken again) {
        return has(packetId, again) || memory.handsOver(packetId, again, this);
    }

    private boolean has(int packetId, Taken again) {
        Taken before = taken.get(packetId);
        return before != null && before.has(again);
    }

    /** Whether that one came here, and is the other's from now on. */
    boolean handsOver(int packetId, Taken again, Place to) {
        boolean had = has(packetId, again);
        if (had) {
            again.kept();
            to.takes(packetId, again);
            taken.remove(packetId);
        }
        return had;
    }

    /** It has released a message of its own. */
    void releases(int packetId) {
        taken.remove(packetId);
    }
}
