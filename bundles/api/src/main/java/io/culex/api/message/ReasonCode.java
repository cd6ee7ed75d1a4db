// SPDX-License-Identifier: Apache-2.0
package io.culex.api.message;

import java.util.Optional;

/** The Reason Codes of MQTT 5 [MQTT-2.4]. Code 0x00 has one constant though its name differs by packet. */
public enum ReasonCode {
    /** 0x00: success. */
    SUCCESS(0x00, "success"),
    /** 0x01: granted QoS 1. */
    GRANTED_QOS_1(0x01, "granted QoS 1"),
    /** 0x02: granted QoS 2. */
    GRANTED_QOS_2(0x02, "granted QoS 2"),
    /** 0x04: disconnect with Will Message. */
    DISCONNECT_WITH_WILL(0x04, "disconnect with Will Message"),
    /** 0x10: no matching subscribers. */
    NO_MATCHING_SUBSCRIBERS(0x10, "no matching subscribers"),
    /** 0x11: no subscription existed. */
    NO_SUBSCRIPTION_EXISTED(0x11, "no subscription existed"),
    /** 0x18: continue authentication. */
    CONTINUE_AUTHENTICATION(0x18, "continue authentication"),
    /** 0x19: re-authenticate. */
    REAUTHENTICATE(0x19, "re-authenticate"),
    /** 0x80: unspecified error. */
    UNSPECIFIED_ERROR(0x80, "unspecified error"),
    /** 0x81: malformed packet. */
    MALFORMED_PACKET(0x81, "malformed packet"),
    /** 0x82: protocol error. */
    PROTOCOL_ERROR(0x82, "protocol error"),
    /** 0x83: implementation specific error. */
    IMPLEMENTATION_SPECIFIC_ERROR(0x83, "implementation specific error"),
    /** 0x84: unsupported protocol version. */
    UNSUPPORTED_PROTOCOL_VERSION(0x84, "unsupported protocol version"),
    /** 0x85: client identifier not valid. */
    CLIENT_IDENTIFIER_NOT_VALID(0x85, "client identifier not valid"),
    /** 0x86: bad user name or password. */
    BAD_USER_NAME_OR_PASSWORD(0x86, "bad user name or password"),
    /** 0x87: not authorized. */
    NOT_AUTHORIZED(0x87, "not authorized"),
    /** 0x88: server unavailable. */
    SERVER_UNAVAILABLE(0x88, "server unavailable"),
    /** 0x89: server busy. */
    SERVER_BUSY(0x89, "server busy"),
    /** 0x8A: banned. */
    BANNED(0x8A, "banned"),
    /** 0x8B: server shutting down. */
    SERVER_SHUTTING_DOWN(0x8B, "server shutting down"),
    /** 0x8C: bad authentication method. */
    BAD_AUTHENTICATION_METHOD(0x8C, "bad authentication method"),
    /** 0x8D: keep alive timeout. */
    KEEP_ALIVE_TIMEOUT(0x8D, "keep alive timeout"),
    /** 0x8E: session taken over. */
    SESSION_TAKEN_OVER(0x8E, "session taken over"),
    /** 0x8F: topic filter invalid. */
    TOPIC_FILTER_INVALID(0x8F, "topic filter invalid"),
    /** 0x90: topic name invalid. */
    TOPIC_NAME_INVALID(0x90, "topic name invalid"),
    /** 0x91: packet identifier in use. */
    PACKET_IDENTIFIER_IN_USE(0x91, "packet identifier in use"),
    /** 0x92: packet identifier not found. */
    PACKET_IDENTIFIER_NOT_FOUND(0x92, "packet identifier not found"),
    /** 0x93: receive maximum exceeded. */
    RECEIVE_MAXIMUM_EXCEEDED(0x93, "receive maximum exceeded"),
    /** 0x94: topic alias invalid. */
    TOPIC_ALIAS_INVALID(0x94, "topic alias invalid"),
    /** 0x95: packet too large. */
    PACKET_TOO_LARGE(0x95, "packet too large"),
    /** 0x96: message rate too high. */
    MESSAGE_RATE_TOO_HIGH(0x96, "message rate too high"),
    /** 0x97: quota exceeded. */
    QUOTA_EXCEEDED(0x97, "quota exceeded"),
    /** 0x98: administrative action. */
    ADMINISTRATIVE_ACTION(0x98, "administrative action"),
    /** 0x99: payload format invalid. */
    PAYLOAD_FORMAT_INVALID(0x99, "payload format invalid"),
    /** 0x9A: retain not supported. */
    RETAIN_NOT_SUPPORTED(0x9A, "retain not supported"),
    /** 0x9B: QoS not supported. */
    QOS_NOT_SUPPORTED(0x9B, "QoS not supported"),
    /** 0x9C: use another server. */
    USE_ANOTHER_SERVER(0x9C, "use another server"),
    /** 0x9D: server moved. */
    SERVER_MOVED(0x9D, "server moved"),
    /** 0x9E: shared subscriptions not supported. */
    SHARED_SUBSCRIPTIONS_NOT_SUPPORTED(0x9E, "shared subscriptions not supported"),
    /** 0x9F: connection rate exceeded. */
    CONNECTION_RATE_EXCEEDED(0x9F, "connection rate exceeded"),
    /** 0xA0: maximum connect time. */
    MAXIMUM_CONNECT_TIME(0xA0, "maximum connect time"),
    /** 0xA1: subscription identifiers not supported. */
    SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED(0xA1, "subscription identifiers not supported"),
    /** 0xA2: wildcard subscriptions not supported. */
    WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED(0xA2, "wildcard subscriptions not supported");

    private static final ReasonCode[] BY_CODE = new ReasonCode[256];

    static {
        for (ReasonCode reason : values()) {
            BY_CODE[reason.code] = reason;
        }
    }

    private final int code;
    private final String text;

    ReasonCode(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The constant of a code on the wire; empty when the specification has none. */
    public static Optional<ReasonCode> of(int code) {
        return code < 0 || code > 255 ? Optional.empty() : Optional.ofNullable(BY_CODE[code]);
    }

    /** The granted QoS as the code of a SUBACK. */
    public static ReasonCode granted(QoS qos) {
        return switch (qos) {
            case AT_MOST_ONCE -> SUCCESS;
            case AT_LEAST_ONCE -> GRANTED_QOS_1;
            case EXACTLY_ONCE -> GRANTED_QOS_2;
        };
    }

    /** The number on the wire, 0 to 255. */
    public int code() {
        return code;
    }

    /** 0x80 and above: the operation failed [MQTT-2.4]. */
    public boolean isFailure() {
        return code >= 0x80;
    }

    /** The name of the specification in words. */
    public String text() {
        return text;
    }
}
