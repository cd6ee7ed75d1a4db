// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.api.store.Origin;
import io.culex.api.store.Receivers;
import io.culex.api.store.StoredMessage;
import io.culex.core.loop.Ledger;
import io.culex.core.plugin.Current;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives the store what is being published on one loop, before anyone receives it: one record with the message, every receiver
 * whose session is kept, its retained version and its sender's Packet Identifier. Belongs to that loop.
 */
final class Recorder {
    private static final byte[] SYS = {'$', 'S', 'Y', 'S', '/'};

    private final Ledger ledger;
    private final Current current;
    private final Retained retained;
    private final Receivers receivers = new Receivers();

    Recorder(Ledger ledger, Current current, Retained retained) {
        this.ledger = ledger;
        this.current = current;
        this.retained = retained;
    }

    /** Records the message, and makes it the retained one of its topic when it is to be. */
    void record(Inbound message, ShareGroup.@Nullable Turn[] turns) {
        receivers.clear();
        boolean takes = message.isPromised() || ledger.takesMessages();
        boolean upgrade = current.broker().sessions().upgradeOutgoingQos();
        if (takes && (message.qos() > 0 || upgrade)) {
            gather(message, turns, upgrade);
        }
        Origin origin =
                message.senderLife() == 0 ? Origin.NONE : new Origin(message.senderLife(), message.packetId(), 0);
        if (message.retain()) {
            retain(message.keep(), origin, takes);
        } else if (receivers.size() > 0) {
            store(message.keep(), origin);
        } else if (origin.session() != 0) {
            ledger.give().inbound(origin.session(), origin.packetId());
        }
    }

    /**
     * A message that goes to another member of a shared subscription than the one that it was recorded for: recorded for that
     * one if the store keeps its session, which nobody waits for: also when there is little space, for the record that it had ends.
     * Not while the store is exchanged.
     */
    Publication passedOn(Publication message, @Nullable Subscription to) {
        Publication again = message.storedAgain(0);
        if (to == null || to.life() == 0 || !ledger.isOn() || ledger.isAway() || ledger.hasFailed()) {
            return again;
        }
        int qos = to.qosOf(message.qos(), current.broker().sessions().upgradeOutgoingQos());
        if (qos > 0) {
            again.storedAs(ledger.newMessage());
            StoredMessage stored = again.toStored();
            ledger.give().message(stored, ledger.only(to.life(), to.how(qos, message.retain())), Origin.NONE);
        }
        return again;
    }

    private void gather(Inbound message, ShareGroup.@Nullable Turn[] turns, boolean upgrade) {
        for (Subscription subscription : message.route().kept()) {
            add(message, subscription, upgrade);
        }
        for (ShareGroup.Turn turn : turns) {
            Subscription first = turn == null ? null : turn.first();
            if (first != null && first.life() != 0) {
                add(message, first, upgrade);
            }
        }
    }

    private void add(Inbound message, Subscription to, boolean upgrade) {
        int qos = to.qosOf(message.qos(), upgrade);
        if (qos > 0 && !to.leavesOut(message.source())) {
            receivers.add(to.life(), to.how(qos, message.retain()));
        }
    }

    private void store(Publication message, Origin origin) {
        message.storedAs(ledger.newMessage());
        StoredMessage stored = message.toStored();
        ledger.give().message(stored, receivers, origin);
    }

    /** In the order of the changes of the topic: the record is given under its lock. */
    private void retain(Publication message, Origin origin, boolean takes) {
        boolean clears = message.payload().length == 0;
        if (isOfBroker(message.topic())) {
            retained.set(message);
            if (receivers.size() > 0) {
                store(message, origin);
            } else if (origin.session() != 0) {
                ledger.give().inbound(origin.session(), origin.packetId());
            }
            return;
        }
        retained.set(message, version -> {
            if (clears) {
                ledger.give().clear(message.topic(), version);
            } else if (takes && (receivers.size() > 0 || origin.session() != 0)) {
                store(message, new Origin(origin.session(), origin.packetId(), version));
            } else if (takes) {
                message.storedAs(ledger.newMessage());
                StoredMessage stored = message.toStored();
                ledger.give().retain(stored, version);
            } else {
                // There is no space for it: nothing at the next start rather than what was there before.
                ledger.give().clear(message.topic(), version);
            }
        });
        if (clears && receivers.size() > 0) {
            store(message, origin);
        } else if (origin.session() != 0 && (clears || !takes)) {
            ledger.give().inbound(origin.session(), origin.packetId());
        }
    }

    /** What the broker says of itself is not kept: the next start says it anew. */
    private static boolean isOfBroker(byte[] topic) {
        return Arrays.mismatch(topic, SYS) == SYS.length;
    }
}
