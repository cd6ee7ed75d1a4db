// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import static io.culex.testkit.PacketType.AUTH;
import static io.culex.testkit.PacketType.CONNACK;
import static io.culex.testkit.PacketType.CONNECT;
import static io.culex.testkit.PacketType.DISCONNECT;
import static io.culex.testkit.PacketType.PUBACK;
import static io.culex.testkit.PacketType.PUBCOMP;
import static io.culex.testkit.PacketType.PUBLISH;
import static io.culex.testkit.PacketType.PUBREC;
import static io.culex.testkit.PacketType.PUBREL;
import static io.culex.testkit.PacketType.SUBACK;
import static io.culex.testkit.PacketType.SUBSCRIBE;
import static io.culex.testkit.PacketType.UNSUBACK;
import static io.culex.testkit.PacketType.UNSUBSCRIBE;
import static io.culex.testkit.PacketType.WILL;

import java.util.Optional;
import java.util.Set;

/** The properties of MQTT 5: number, form on the wire, and the packets that may hold them (table 2-4). */
public enum PropertyId {
    /** Payload Format Indicator. */
    PAYLOAD_FORMAT(0x01, Form.BYTE, PUBLISH, WILL),
    /** Message Expiry Interval, seconds. */
    MESSAGE_EXPIRY(0x02, Form.FOUR_BYTES, PUBLISH, WILL),
    /** Content Type. */
    CONTENT_TYPE(0x03, Form.STRING, PUBLISH, WILL),
    /** Response Topic. */
    RESPONSE_TOPIC(0x08, Form.STRING, PUBLISH, WILL),
    /** Correlation Data. */
    CORRELATION_DATA(0x09, Form.BINARY, PUBLISH, WILL),
    /** Subscription Identifier. */
    SUBSCRIPTION_ID(0x0B, Form.VARIABLE, PUBLISH, SUBSCRIBE),
    /** Session Expiry Interval, seconds. */
    SESSION_EXPIRY(0x11, Form.FOUR_BYTES, CONNECT, CONNACK, DISCONNECT),
    /** Assigned Client Identifier. */
    ASSIGNED_CLIENT_ID(0x12, Form.STRING, CONNACK),
    /** Server Keep Alive, seconds. */
    SERVER_KEEP_ALIVE(0x13, Form.TWO_BYTES, CONNACK),
    /** Authentication Method. */
    AUTH_METHOD(0x15, Form.STRING, CONNECT, CONNACK, AUTH),
    /** Authentication Data. */
    AUTH_DATA(0x16, Form.BINARY, CONNECT, CONNACK, AUTH),
    /** Request Problem Information. */
    REQUEST_PROBLEM_INFO(0x17, Form.BYTE, CONNECT),
    /** Will Delay Interval, seconds. */
    WILL_DELAY(0x18, Form.FOUR_BYTES, WILL),
    /** Request Response Information. */
    REQUEST_RESPONSE_INFO(0x19, Form.BYTE, CONNECT),
    /** Response Information. */
    RESPONSE_INFO(0x1A, Form.STRING, CONNACK),
    /** Server Reference. */
    SERVER_REFERENCE(0x1C, Form.STRING, CONNACK, DISCONNECT),
    /** Reason String. */
    REASON_STRING(0x1F, Form.STRING, CONNACK, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, DISCONNECT, AUTH),
    /** Receive Maximum. */
    RECEIVE_MAXIMUM(0x21, Form.TWO_BYTES, CONNECT, CONNACK),
    /** Topic Alias Maximum. */
    TOPIC_ALIAS_MAXIMUM(0x22, Form.TWO_BYTES, CONNECT, CONNACK),
    /** Topic Alias. */
    TOPIC_ALIAS(0x23, Form.TWO_BYTES, PUBLISH),
    /** Maximum QoS. */
    MAXIMUM_QOS(0x24, Form.BYTE, CONNACK),
    /** Retain Available. */
    RETAIN_AVAILABLE(0x25, Form.BYTE, CONNACK),
    /** User Property. */
    USER_PROPERTY(
            0x26,
            Form.PAIR,
            CONNECT,
            CONNACK,
            PUBLISH,
            WILL,
            PUBACK,
            PUBREC,
            PUBREL,
            PUBCOMP,
            SUBSCRIBE,
            SUBACK,
            UNSUBSCRIBE,
            UNSUBACK,
            DISCONNECT,
            AUTH),
    /** Maximum Packet Size, bytes. */
    MAXIMUM_PACKET_SIZE(0x27, Form.FOUR_BYTES, CONNECT, CONNACK),
    /** Wildcard Subscription Available. */
    WILDCARD_AVAILABLE(0x28, Form.BYTE, CONNACK),
    /** Subscription Identifier Available. */
    SUBSCRIPTION_ID_AVAILABLE(0x29, Form.BYTE, CONNACK),
    /** Shared Subscription Available. */
    SHARED_AVAILABLE(0x2A, Form.BYTE, CONNACK);

    /** How a value is written. */
    enum Form {
        BYTE,
        TWO_BYTES,
        FOUR_BYTES,
        VARIABLE,
        STRING,
        BINARY,
        PAIR
    }

    private final int code;
    private final Form form;
    private final Set<PacketType> packets;

    PropertyId(int code, Form form, PacketType... packets) {
        this.code = code;
        this.form = form;
        this.packets = Set.of(packets);
    }

    static Optional<PropertyId> of(int code) {
        for (PropertyId id : values()) {
            if (id.code == code) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    /** The identifier on the wire. */
    public int code() {
        return code;
    }

    Form form() {
        return form;
    }

    /** May stand in a packet of this type. */
    public boolean allowedIn(PacketType type) {
        return packets.contains(type);
    }

    /** May stand there more than once. */
    boolean repeatableIn(PacketType type) {
        return this == USER_PROPERTY || (this == SUBSCRIPTION_ID && type == PUBLISH);
    }
}
