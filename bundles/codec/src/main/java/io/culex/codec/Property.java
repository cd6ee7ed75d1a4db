// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import org.jspecify.annotations.Nullable;

/** The properties of MQTT 5: identifier, data type, and the packets that may have them [MQTT-2.2.2.2, table 2-4]. */
enum Property {
    PAYLOAD_FORMAT_INDICATOR(0x01, Kind.FLAG, In.PUBLISH | In.WILL),
    MESSAGE_EXPIRY_INTERVAL(0x02, Kind.FOUR_BYTES, In.PUBLISH | In.WILL),
    CONTENT_TYPE(0x03, Kind.TEXT, In.PUBLISH | In.WILL),
    RESPONSE_TOPIC(0x08, Kind.TEXT, In.PUBLISH | In.WILL),
    CORRELATION_DATA(0x09, Kind.BINARY, In.PUBLISH | In.WILL),
    SUBSCRIPTION_IDENTIFIER(0x0B, Kind.IDENTIFIERS, In.PUBLISH | In.SUBSCRIBE),
    SESSION_EXPIRY_INTERVAL(0x11, Kind.FOUR_BYTES, In.CONNECT | In.CONNACK | In.DISCONNECT),
    ASSIGNED_CLIENT_IDENTIFIER(0x12, Kind.TEXT, In.CONNACK),
    SERVER_KEEP_ALIVE(0x13, Kind.TWO_BYTES, In.CONNACK),
    AUTHENTICATION_METHOD(0x15, Kind.TEXT, In.CONNECT | In.CONNACK | In.AUTH),
    AUTHENTICATION_DATA(0x16, Kind.BINARY, In.CONNECT | In.CONNACK | In.AUTH),
    REQUEST_PROBLEM_INFORMATION(0x17, Kind.FLAG, In.CONNECT),
    WILL_DELAY_INTERVAL(0x18, Kind.FOUR_BYTES, In.WILL),
    REQUEST_RESPONSE_INFORMATION(0x19, Kind.FLAG, In.CONNECT),
    RESPONSE_INFORMATION(0x1A, Kind.TEXT, In.CONNACK),
    SERVER_REFERENCE(0x1C, Kind.TEXT, In.CONNACK | In.DISCONNECT),
    REASON_STRING(0x1F, Kind.TEXT, In.CONNACK | In.ACKNOWLEDGEMENT | In.SUBACK | In.UNSUBACK | In.DISCONNECT | In.AUTH),
    RECEIVE_MAXIMUM(0x21, Kind.TWO_BYTES_NOT_ZERO, In.CONNECT | In.CONNACK),
    TOPIC_ALIAS_MAXIMUM(0x22, Kind.TWO_BYTES, In.CONNECT | In.CONNACK),
    TOPIC_ALIAS(0x23, Kind.TWO_BYTES_NOT_ZERO, In.PUBLISH),
    MAXIMUM_QOS(0x24, Kind.FLAG, In.CONNACK),
    RETAIN_AVAILABLE(0x25, Kind.FLAG, In.CONNACK),
    USER_PROPERTY(0x26, Kind.PAIRS, In.ANY),
    MAXIMUM_PACKET_SIZE(0x27, Kind.FOUR_BYTES_NOT_ZERO, In.CONNECT | In.CONNACK),
    WILDCARD_SUBSCRIPTION_AVAILABLE(0x28, Kind.FLAG, In.CONNACK),
    SUBSCRIPTION_IDENTIFIERS_AVAILABLE(0x29, Kind.FLAG, In.CONNACK),
    SHARED_SUBSCRIPTION_AVAILABLE(0x2A, Kind.FLAG, In.CONNACK);

    /** How many there are, for tables indexed by {@link #ordinal()}. */
    static final int COUNT = values().length;

    private static final Property[] BY_ID = new Property[64];

    static {
        for (Property property : values()) {
            BY_ID[property.id] = property;
        }
    }

    private final int id;
    private final Kind kind;
    private final int homes;

    Property(int id, Kind kind, int homes) {
        this.id = id;
        this.kind = kind;
        this.homes = homes;
    }

    /** The property with this identifier; null when there is none. */
    static @Nullable Property of(int id) {
        return id >= 0 && id < BY_ID.length ? BY_ID[id] : null;
    }

    int id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    /** Whether it may stand in one of the given packets, {@link In} bits. */
    boolean allowedIn(int home) {
        return (homes & home) != 0;
    }

    /** The data type on the wire, with the values that are allowed. */
    enum Kind {
        /** A byte that is 0 or 1. */
        FLAG(0, 1),
        TWO_BYTES(0, 0xFFFF),
        TWO_BYTES_NOT_ZERO(1, 0xFFFF),
        FOUR_BYTES(0, 0xFFFF_FFFFL),
        FOUR_BYTES_NOT_ZERO(1, 0xFFFF_FFFFL),
        /** Subscription Identifiers; more than one only in a PUBLISH. */
        IDENTIFIERS(1, PacketWriter.MAX_VARINT),
        TEXT(0, 0xFFFF),
        BINARY(0, 0xFFFF),
        /** User Properties; any number. */
        PAIRS(0, 0xFFFF);

        private final long least;
        private final long most;

        Kind(long least, long most) {
            this.least = least;
            this.most = most;
        }

        /** Whether the number, or the length in bytes of text and binary data, is in range. */
        boolean takes(long number) {
            return number >= least && number <= most;
        }
    }

    /** Where a property may stand, one bit each: the packet type's number as in {@link #of}, bit 0 for the Will. */
    static final class In {
        static final int WILL = 1;
        static final int CONNECT = 1 << 1;
        static final int CONNACK = 1 << 2;
        static final int PUBLISH = 1 << 3;
        static final int ACKNOWLEDGEMENT = 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7;
        static final int SUBSCRIBE = 1 << 8;
        static final int SUBACK = 1 << 9;
        static final int UNSUBACK = 1 << 11;
        static final int DISCONNECT = 1 << 14;
        static final int AUTH = 1 << 15;
        static final int ANY = -1;

        private In() {}

        static int of(PacketType type) {
            return 1 << type.code();
        }
    }
}
