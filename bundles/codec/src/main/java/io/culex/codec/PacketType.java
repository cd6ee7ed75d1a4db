// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

/** The MQTT Control Packet types [MQTT-2.1.2]. */
public enum PacketType {
    /** Connection request, client to server. */
    CONNECT(1),
    /** Connect acknowledgment, server to client. */
    CONNACK(2),
    /** Publish message. */
    PUBLISH(3),
    /** Publish acknowledgment (QoS 1). */
    PUBACK(4),
    /** Publish received (QoS 2, part 1). */
    PUBREC(5),
    /** Publish release (QoS 2, part 2). */
    PUBREL(6),
    /** Publish complete (QoS 2, part 3). */
    PUBCOMP(7),
    /** Subscribe request, client to server. */
    SUBSCRIBE(8),
    /** Subscribe acknowledgment, server to client. */
    SUBACK(9),
    /** Unsubscribe request, client to server. */
    UNSUBSCRIBE(10),
    /** Unsubscribe acknowledgment, server to client. */
    UNSUBACK(11),
    /** Ping request, client to server. */
    PINGREQ(12),
    /** Ping response, server to client. */
    PINGRESP(13),
    /** Disconnect notification; from the server only in MQTT 5. */
    DISCONNECT(14),
    /** Authentication exchange, MQTT 5 only. */
    AUTH(15);

    private static final PacketType[] TYPES = values();

    private final int code;

    PacketType(int code) {
        this.code = code;
    }

    /**
     * The type with the given number.
     *
     * @throws IllegalArgumentException unless {@code code} is 1 to 15
     */
    public static PacketType of(int code) {
        if (code < 1 || code > TYPES.length) {
            throw new IllegalArgumentException("no packet type " + code);
        }
        return TYPES[code - 1];
    }

    /** The number in the upper half of the first byte: 1 to 15. */
    public int code() {
        return code;
    }

    /** The lower half of the first byte, for all types but PUBLISH [MQTT-2.1.3-1]. */
    int flags() {
        return this == PUBREL || this == SUBSCRIBE || this == UNSUBSCRIBE ? 2 : 0;
    }

    /** The first byte of a packet of this type, for all types but PUBLISH. */
    int firstByte() {
        return code << 4 | flags();
    }
}
