// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.local.SubscribeOptions;
import io.culex.bridge.settings.Address;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a bridge remembers beyond one connection, also beyond its settings, as long as its session here has the same name: what the
 * brokers at its addresses may hold, and the numbers of the subscriptions here. On the bridge's loop, unless said otherwise.
 */
public final class Memory {
    private final Map<Address, Place> places = new HashMap<>();
    private final AtomicBoolean isNew = new AtomicBoolean();

    /** Under which a message has gone out for the first time since this bridge began; those after it do so, too. */
    private final BitSet begun = new BitSet();

    /** Those before: done since, and perhaps held at an address that the bridge has not been at since it began. */
    private final BitSet doneOlder = new BitSet();

    private volatile Numbers numbers = Numbers.NONE;
    private boolean wasNew;
    private @Nullable Place last;

    /** The session here begins anew: nobody here knows what brokers hold of the one before. Any thread. */
    public void sessionIsNew() {
        isNew.set(true);
    }

    /** What is known of the broker at an address. */
    public Place at(Address address) {
        return places.computeIfAbsent(address, another -> {
            Place made = new Place(this);
            made.mayHold(doneOlder);
            if (wasNew) {
                made.sessionIsNew();
            }
            return made;
        });
    }

    /** Whether no place and the session have met. */
    boolean isFirst() {
        return last == null;
    }

    /** A place and the session have met; whether the session met another one before. */
    boolean moves(Place to) {
        if (isNew.getAndSet(false)) {
            wasNew = true;
            places.values().forEach(Place::sessionIsNew);
        }
        boolean moves = last != null && last != to;
        last = to;
        return moves;
    }

    /** A message is done: what other places have had of it they may hold under its identifier until that is released there. */
    void done(int packetId, @Nullable Place by) {
        if (isOlder(packetId)) {
            doneOlder.set(packetId);
        }
        for (Place each : places.values()) {
            if (each != by) {
                each.doneElsewhere(packetId);
            }
        }
    }

    /** A message goes out for the first time. */
    void begins(int packetId) {
        begun.set(packetId);
    }

    /** Whether the message of an identifier may have gone out before this bridge began. */
    boolean isOlder(int packetId) {
        return !begun.get(packetId);
    }

    /** Two addresses may lead to one broker: whether what it sends again came over another one. */
    boolean handsOver(int packetId, Taken again, Place to) {
        return places.values().stream().anyMatch(each -> each != to && each.handsOver(packetId, again, to));
    }

    /** The numbers of the subscriptions. Any thread. */
    public Numbers numbers() {
        return numbers;
    }

    /** The numbers that those are to have which there are to be ({@link Numbers#by}). On the session's loop. */
    public Numbers numbers(Map<String, SubscribeOptions> found, Collection<String> wanted) {
        Numbers next = numbers.by(found, wanted);
        numbers = next;
        return next;
    }
}
