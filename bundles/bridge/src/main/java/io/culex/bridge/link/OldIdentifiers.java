// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.local.RelaySession;
import io.culex.api.log.LogType;
import io.culex.bridge.loop.Clockwork;
import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Packet Identifiers of QoS 2 that the other broker may hold still for a session that is not here any more. It would take a new
 * message under one of them for the old one, and not publish it [MQTT-4.3.3-10]: all are released before any such message goes out.
 * On the loop.
 */
final class OldIdentifiers {
    private static final long PATIENCE_MILLIS = 30_000;

    /** So that neither end has many packets waiting; a broker may throw answers away that are too many. */
    private static final int AT_A_TIME = 800;

    private final Circumstances given;
    private final Output output;
    private final BitSet unanswered = new BitSet();
    private BitSet due = new BitSet();
    private int next;
    private int sent;
    private int answers;
    private @Nullable Runnable then;
    private Clockwork.@Nullable Alarm patience;

    OldIdentifiers(Circumstances given, Output output) {
        this.given = given;
        this.output = output;
    }

    /** Releases those, and goes on. */
    void release(BitSet held, Runnable done) {
        due = held;
        next = due.nextSetBit(0);
        then = done;
        send(AT_A_TIME);
        beLookedAt();
    }

    private void send(int most) {
        while (next >= 0 && sent - answers < most) {
            unanswered.set(next);
            sent++;
            PacketWriter.acknowledge(output.packet(PacketType.PUBREL), PacketType.PUBREL, next);
            next = due.nextSetBit(next + 1);
        }
    }

    /** PUBACK, PUBREC or PUBCOMP came: whether it is an answer to a release, whatever that says, and no message's. */
    boolean takes(PacketType type, int packetId) {
        boolean is = type == PacketType.PUBCOMP && unanswered.get(packetId);
        if (is) {
            unanswered.clear(packetId);
            answers++;
            goOn();
        } else if (type == PacketType.PUBREC) {
            // The identifier is a new message's, and what the release was not answered with does not come any more.
            unanswered.clear(packetId);
        }
        return is;
    }

    private void goOn() {
        if (then != null) {
            send(AT_A_TIME);
            if (unanswered.isEmpty()) {
                finish();
            }
        }
    }

    private void beLookedAt() {
        int before = answers;
        patience = given.clockwork().after(PATIENCE_MILLIS, () -> look(before));
    }

    /** A broker that answers only for what it knew has released that when it has had them all. */
    private void look(int before) {
        if (answers != before) {
            beLookedAt();
            return;
        }
        given.log().log(
                LogType.WARNING,
                "Warning: Bridge %s: the other broker does not answer PUBREL; messages go out without that."
                        .formatted(given.settings().name()));
        send(RelaySession.FREE_IDENTIFIERS);
        finish();
    }

    private void finish() {
        Runnable done = then;
        end();
        if (done != null) {
            done.run();
        }
    }

    /** The connection is over, or they are released. */
    void end() {
        then = null;
        Clockwork.Alarm alarm = patience;
        if (alarm != null) {
            patience = null;
            alarm.cancel();
        }
    }
}
