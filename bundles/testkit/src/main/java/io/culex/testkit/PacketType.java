// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.util.Set;

/** The MQTT Control Packet types with the flags of their fixed header and the Reason Codes a server may put in them. */
public enum PacketType {
    /** Not a packet: the place of Will Properties inside CONNECT. */
    WILL(0, 0),
    /** CONNECT. */
    CONNECT(1, 0),
    /** CONNACK; codes of table 3-1. */
    CONNACK(
            2, 0, 0x00, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x90, 0x95, 0x97, 0x99,
            0x9A, 0x9B, 0x9C, 0x9D, 0x9F),
    /** PUBLISH. */
    PUBLISH(3, 0),
    /** PUBACK; 0x95 is not in its table, but is what Mosquitto answers above {@code message_size_limit}. */
    PUBACK(4, 0, 0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x95, 0x97, 0x99),
    /** PUBREC; as PUBACK. */
    PUBREC(5, 0, 0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x95, 0x97, 0x99),
    /** PUBREL. */
    PUBREL(6, 2, 0x00, 0x92),
    /** PUBCOMP. */
    PUBCOMP(7, 0, 0x00, 0x92),
    /** SUBSCRIBE. */
    SUBSCRIBE(8, 2),
    /** SUBACK. */
    SUBACK(9, 0, 0x00, 0x01, 0x02, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2),
    /** UNSUBSCRIBE. */
    UNSUBSCRIBE(10, 2),
    /** UNSUBACK. */
    UNSUBACK(11, 0, 0x00, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91),
    /** PINGREQ. */
    PINGREQ(12, 0),
    /** PINGRESP. */
    PINGRESP(13, 0),
    /** DISCONNECT; the codes a server may send. */
    DISCONNECT(
            14, 0, 0x00, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8B, 0x8D, 0x8E, 0x8F, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97,
            0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F, 0xA0, 0xA1, 0xA2),
    /** AUTH; the codes a server may send. */
    AUTH(15, 0, 0x00, 0x18);

    private final int code;
    private final int flags;
    private final Set<Integer> reasons;

    PacketType(int code, int flags, Integer... reasons) {
        this.code = code;
        this.flags = flags;
        this.reasons = Set.of(reasons);
    }

    /** The type of a packet from the high half of its first byte; {@link #WILL} for the forbidden 0. */
    static PacketType of(int firstByte) {
        return values()[(firstByte >> 4) & 0xF];
    }

    /** The number in the high half of the first byte. */
    public int code() {
        return code;
    }

    /** The first byte of a packet of this type with the flags the specification demands; PUBLISH adds its own. */
    public int firstByte() {
        return code << 4 | flags;
    }

    /** A server may send this Reason Code in this packet. */
    boolean allowsReason(int reason) {
        return reasons.contains(reason);
    }
}
