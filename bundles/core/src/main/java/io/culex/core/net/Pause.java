// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.codec.PacketType;

/** The reasons for which a connection does not read on. It reads while none stands. On the loop. */
final class Pause {
    /** Its CONNECT or AUTH is being decided. */
    static final int AUTH = 1;

    /** Its next packet needs a plugin that is missing. */
    static final int GATE = 1 << 1;

    /** Too much of what it sent waits for the store. */
    static final int STORE = 1 << 2;

    /** A receiver, or a loop, that it publishes to has too much to do. */
    static final int CREDIT = 1 << 3;

    /** It moves to another loop. */
    static final int MIGRATE = 1 << 4;

    /** Its request to a {@code $CONTROL} topic is not answered yet. */
    static final int CONTROL = 1 << 5;

    /** It does not read what it is answered. */
    static final int OUTPUT = 1 << 6;

    private int reasons;
    private boolean blocked;

    /** Whether any reason stands. */
    boolean isOn() {
        return reasons != 0;
    }

    /**
     * Whether a packet of that type, the next there is, is read: any while no reason stands, and while only the answer to a request
     * is missing what asks for nothing itself, PUBACK to PUBCOMP and PINGREQ.
     */
    boolean lets(int type) {
        return reasons == 0 || letsPlain(type);
    }

    private boolean letsPlain(int type) {
        boolean isPlain = type == PacketType.PINGREQ.code()
                || (type >= PacketType.PUBACK.code() && type <= PacketType.PUBCOMP.code());
        blocked = reasons != CONTROL || !isPlain;
        return !blocked;
    }

    /** Whether bytes that come would be of no use now. */
    boolean stopsReading() {
        return reasons != 0 && (blocked || reasons != CONTROL);
    }

    boolean isFor(int reason) {
        return (reasons & reason) != 0;
    }

    /** A reason stands. */
    void begin(int reason) {
        reasons |= reason;
        blocked = false; // what comes next has not been looked at
    }

    /** A reason, or each of several, is gone; true when one of them stood and no other does. */
    boolean end(int gone) {
        boolean stood = isFor(gone);
        reasons &= ~gone;
        return stood && reasons == 0;
    }
}
