// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.format;

/** How far a QoS 2 message is on its way to a receiver, in one number: the Packet Identifier, and whether PUBREC has come. */
public final class Sending {
    private static final int RELEASED = 1 << 16;

    private Sending() {}

    /** The number for these values; 0: not sent. */
    public static int of(int packetId, boolean released) {
        return packetId | (released ? RELEASED : 0);
    }

    /** The Packet Identifier. */
    public static int packetId(int sending) {
        return sending & 0xFFFF;
    }

    /** Whether PUBREC has come. */
    public static boolean released(int sending) {
        return (sending & RELEASED) != 0;
    }
}
