// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are malformed, or a packet that is forbidden where it stands; the connection has to be closed
 * [MQTT-4.13.1-1]. Has no stack trace, because clients can provoke it at will.
 */
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ReasonCode reason;
    private final @Nullable ProtocolVersion answerAs;

    /** A fault in a packet other than CONNECT; the message names the packet and the problem. */
    public MalformedPacketException(ReasonCode reason, String message) {
        this(reason, message, null);
    }

    /** A fault in a CONNECT, which may be answered by a CONNACK when {@code answerAs} is not null. */
    public MalformedPacketException(ReasonCode reason, String message, @Nullable ProtocolVersion answerAs) {
        super(message, null, false, false);
        this.reason = reason;
        this.answerAs = answerAs;
    }

    static MalformedPacketException malformed(PacketType type, String problem) {
        return new MalformedPacketException(ReasonCode.MALFORMED_PACKET, type + ": " + problem);
    }

    static MalformedPacketException protocolError(PacketType type, String problem) {
        return new MalformedPacketException(ReasonCode.PROTOCOL_ERROR, type + ": " + problem);
    }

    /** Why, as a code that MQTT 5 can carry in CONNACK or DISCONNECT. */
    public ReasonCode reason() {
        return reason;
    }

    /**
     * For a refused CONNECT the version in which a CONNACK may tell the client so: with return code 1 before MQTT 5, with
     * {@link #reason()} in MQTT 5. Null: close without a CONNACK. On a connection that is established already it is
     * always null; there MQTT 5 tells by DISCONNECT.
     */
    public @Nullable ProtocolVersion answerAs() {
        return answerAs;
    }
}
