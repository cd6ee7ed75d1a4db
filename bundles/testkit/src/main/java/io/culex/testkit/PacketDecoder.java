// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.util.ArrayList;
import java.util.List;

/** Reads the packets that a server may send, and throws a {@link WireError} at whatever the specification forbids. */
final class PacketDecoder {
    private final ProtocolVersion version;

    PacketDecoder(ProtocolVersion version) {
        this.version = version;
    }

    /** {@code body} is all after the Remaining Length. */
    Packet decode(int firstByte, byte[] body) {
        PacketType type = PacketType.of(firstByte);
        WireReader in = new WireReader(body);
        if (type != PacketType.PUBLISH && firstByte != type.firstByte()) {
            throw new WireError(
                    "reserved flags of " + type + ": 0x" + Integer.toHexString(firstByte) + " [MQTT-2.1.3-1]");
        }
        Packet packet =
                switch (type) {
                    case CONNACK -> connack(in);
                    case PUBLISH -> publish(firstByte & 0xF, in);
                    case PUBACK, PUBREC, PUBREL, PUBCOMP -> ack(type, in);
                    case SUBACK, UNSUBACK -> suback(type, in);
                    case PINGRESP -> new Ping(type);
                    case DISCONNECT -> disconnect(in);
                    case AUTH -> auth(in);
                    default -> throw new WireError("a server must not send " + type);
                };
        in.end();
        return packet;
    }

    private Connack connack(WireReader in) {
        int flags = in.u8();
        if (flags > 1) {
            throw new WireError("Connect Acknowledge Flags " + flags + " [MQTT-3.2.2-1]");
        }
        int reason = in.u8();
        if (version.hasProperties() && (reason == 0 || in.remaining() > 0)) {
            checkReason(PacketType.CONNACK, reason);
            return new Connack(flags == 1, reason, in.properties(PacketType.CONNACK));
        }
        return new Connack(flags == 1, reason, PropertyList.NONE);
    }

    private Publish publish(int flags, WireReader in) {
        int qos = flags >> 1 & 3;
        if (qos == 3) {
            throw new WireError("PUBLISH with QoS 3 [MQTT-3.3.1-4]");
        }
        if (qos == 0 && (flags & 8) != 0) {
            throw new WireError("DUP in a PUBLISH of QoS 0 [MQTT-3.3.1-2]");
        }
        String topic = in.string();
        if (topic.indexOf('#') >= 0 || topic.indexOf('+') >= 0) {
            throw new WireError("wildcard in Topic Name " + topic + " [MQTT-3.3.2-2]");
        }
        int id = qos > 0 ? packetId(in) : 0;
        PropertyList properties = version.hasProperties() ? in.properties(PacketType.PUBLISH) : PropertyList.NONE;
        if (topic.isEmpty() && !properties.has(PropertyId.TOPIC_ALIAS)) {
            throw new WireError("PUBLISH without topic [MQTT-4.7.3-1]");
        }
        if (properties
                .number(PropertyId.TOPIC_ALIAS)
                .filter(alias -> alias == 0)
                .isPresent()) {
            throw new WireError("Topic Alias 0 [MQTT-3.3.2-8]");
        }
        return new Publish(topic, in.rest(), flags, id, properties);
    }

    private Ack ack(PacketType type, WireReader in) {
        int id = packetId(in);
        if (!version.hasProperties() || in.remaining() == 0) {
            return new Ack(type, id, 0, PropertyList.NONE);
        }
        int reason = checkReason(type, in.u8());
        return new Ack(type, id, reason, in.remaining() == 0 ? PropertyList.NONE : in.properties(type));
    }

    private Suback suback(PacketType type, WireReader in) {
        int id = packetId(in);
        PropertyList properties = version.hasProperties() ? in.properties(type) : PropertyList.NONE;
        List<Integer> reasons = new ArrayList<>();
        while (in.remaining() > 0) {
            reasons.add(checkReason(type, in.u8()));
        }
        if (reasons.isEmpty() != (type == PacketType.UNSUBACK && !version.hasProperties())) {
            throw new WireError(type + " with " + reasons.size() + " reason codes");
        }
        return new Suback(type, id, reasons, properties);
    }

    private Disconnect disconnect(WireReader in) {
        if (!version.hasProperties()) {
            throw new WireError("a server must not send DISCONNECT in " + version);
        }
        int reason = in.remaining() == 0 ? 0 : checkReason(PacketType.DISCONNECT, in.u8());
        PropertyList properties = in.remaining() == 0 ? PropertyList.NONE : in.properties(PacketType.DISCONNECT);
        if (properties.has(PropertyId.SESSION_EXPIRY)) {
            throw new WireError("Session Expiry Interval in a server's DISCONNECT [MQTT-3.14.2-2]");
        }
        return new Disconnect(reason, properties);
    }

    private Auth auth(WireReader in) {
        if (!version.hasProperties()) {
            throw new WireError("AUTH in " + version);
        }
        int reason = in.remaining() == 0 ? 0 : checkReason(PacketType.AUTH, in.u8());
        return new Auth(reason, in.remaining() == 0 ? PropertyList.NONE : in.properties(PacketType.AUTH));
    }

    private static int packetId(WireReader in) {
        int id = in.u16();
        if (id == 0) {
            throw new WireError("Packet Identifier 0 [MQTT-2.2.1-4]");
        }
        return id;
    }

    /** In version 3 the codes are those of SUBACK, whose set is part of version 5's. */
    private static int checkReason(PacketType type, int reason) {
        if (!type.allowsReason(reason)) {
            throw new WireError("Reason Code 0x" + Integer.toHexString(reason) + " in a " + type);
        }
        return reason;
    }
}
