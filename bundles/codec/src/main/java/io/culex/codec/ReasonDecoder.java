// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.ReasonCode;

/** Bytes to the packets that are little more than a reason: the four acknowledgments, DISCONNECT and AUTH. */
final class ReasonDecoder {
    private final PropertiesDecoder properties;
    private final boolean fromServer;

    ReasonDecoder(PropertiesDecoder properties, PacketReader.Side side) {
        this.properties = properties;
        fromServer = side == PacketReader.Side.CLIENT;
    }

    /** PUBACK, PUBREC, PUBREL, PUBCOMP; the reason is left out when it is success [MQTT-3.4.2.1]. */
    void acknowledge(Body body, PacketType type, PacketSink sink) throws MalformedPacketException {
        int packetId = body.packetId();
        if (!body.hasMore()) {
            sink.acknowledge(type, packetId, ReasonCode.SUCCESS, Properties.NONE);
            return;
        }
        boolean publisher = type == PacketType.PUBACK || type == PacketType.PUBREC;
        ReasonCode reason =
                Reasons.check(body, publisher ? Reasons.PUBLISHED : Reasons.RELEASED, body.uint8("reason code"));
        sink.acknowledge(type, packetId, reason, optionalProperties(body));
    }

    void disconnect(Body body, PacketSink sink) throws MalformedPacketException {
        if (!body.hasMore()) {
            sink.disconnect(ReasonCode.SUCCESS, Properties.NONE);
            return;
        }
        Reasons allowed = fromServer ? Reasons.DISCONNECT_OF_SERVER : Reasons.DISCONNECT_OF_CLIENT;
        ReasonCode reason = Reasons.check(body, allowed, body.uint8("reason code"));
        Properties own = optionalProperties(body);
        if (fromServer && own.sessionExpiryInterval() >= 0) {
            throw body.protocolError("SESSION_EXPIRY_INTERVAL from a server"); // [MQTT-3.14.2-2]
        }
        sink.disconnect(reason, own);
    }

    void auth(Body body, PacketSink sink) throws MalformedPacketException {
        boolean empty = !body.hasMore();
        int code = empty ? 0 : body.uint8("reason code");
        ReasonCode reason = Reasons.check(body, fromServer ? Reasons.AUTH_OF_SERVER : Reasons.AUTH_OF_CLIENT, code);
        Properties own = empty ? Properties.NONE : properties.decode(body);
        body.finish();
        if (!empty && own.authenticationMethod() == null) {
            throw body.protocolError("no authentication method"); // [MQTT-3.15.2.2.2]
        }
        sink.auth(reason, own);
    }

    /** A packet that ends behind its reason code has no properties [MQTT-3.4.2.2.1]. */
    private Properties optionalProperties(Body body) throws MalformedPacketException {
        Properties own = body.hasMore() ? properties.decode(body) : Properties.NONE;
        body.finish();
        return own;
    }
}
