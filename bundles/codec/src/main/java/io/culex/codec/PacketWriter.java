// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Packets to bytes, of both sides and all versions. Every method appends to a buffer, which grows as needed, and keeps
 * nothing. What the specification forbids in a version (properties before MQTT 5) is left out, not refused; a value that
 * cannot be encoded is an IllegalArgumentException. Thread: any, one at a time for each buffer.
 */
public final class PacketWriter {
    /** The largest Variable Byte Integer, and so the largest Remaining Length [MQTT-1.5.5]. */
    public static final int MAX_VARINT = 268_435_455;

    /** The bytes that {@link #topicAliasProperty} writes. */
    public static final int TOPIC_ALIAS_BYTES = 3;

    /** The bytes that {@link #expiryProperty} writes. */
    public static final int EXPIRY_BYTES = 5;

    private PacketWriter() {}

    /** Appends a CONNECT. */
    public static void connect(ByteBuf out, Connect packet) {
        ConnectEncoder.connect(out, packet);
    }

    /**
     * Appends a CONNACK.
     *
     * @param code the Connect Return Code before MQTT 5, the Reason Code in MQTT 5
     */
    public static void connack(
            ByteBuf out, ProtocolVersion version, boolean sessionPresent, int code, Properties properties) {
        boolean v5 = version.isV5();
        head(out, PacketType.CONNACK, 2 + (v5 ? PropertiesEncoder.prefixedLength(properties) : 0));
        // MQTT 3.1 has no Session Present flag; the byte is reserved there.
        out.writeByte(sessionPresent && version != ProtocolVersion.MQTT_3_1 ? 1 : 0);
        out.writeByte(code);
        if (v5) {
            PropertiesEncoder.write(out, properties);
        }
    }

    /** Appends a PUBACK, PUBREC, PUBREL or PUBCOMP of success; the same 4 bytes in every version. */
    public static void acknowledge(ByteBuf out, PacketType type, int packetId) {
        out.writeInt(type.firstByte() << 24 | 2 << 16 | packetId);
    }

    /** Appends a PUBACK, PUBREC, PUBREL or PUBCOMP in its shortest form; before MQTT 5 without the reason. */
    public static void acknowledge(
            ByteBuf out,
            ProtocolVersion version,
            PacketType type,
            int packetId,
            ReasonCode reason,
            Properties properties) {
        if (!version.isV5() || (reason == ReasonCode.SUCCESS && properties.isEmpty())) {
            acknowledge(out, type, packetId);
            return;
        }
        head(out, type, 2 + reasonLength(properties));
        out.writeShort(packetId);
        reason(out, reason, properties);
    }

    /** Appends a SUBSCRIBE. */
    public static void subscribe(ByteBuf out, ProtocolVersion version, Subscribe packet) {
        SubscribeEncoder.subscribe(out, version, packet);
    }

    /** Appends a SUBACK; {@code codes} are the client's version's own. */
    public static void suback(ByteBuf out, ProtocolVersion version, int packetId, byte[] codes, Properties properties) {
        SubscribeEncoder.acknowledge(out, version, PacketType.SUBACK, packetId, codes, properties);
    }

    /** Appends an UNSUBSCRIBE. */
    public static void unsubscribe(ByteBuf out, ProtocolVersion version, Unsubscribe packet) {
        SubscribeEncoder.unsubscribe(out, version, packet);
    }

    /** Appends an UNSUBACK; before MQTT 5 without the codes. */
    public static void unsuback(
            ByteBuf out, ProtocolVersion version, int packetId, byte[] codes, Properties properties) {
        byte[] sent = version.isV5() ? codes : new byte[0];
        SubscribeEncoder.acknowledge(out, version, PacketType.UNSUBACK, packetId, sent, properties);
    }

    /** Appends a PINGREQ. */
    public static void pingreq(ByteBuf out) {
        out.writeShort(PacketType.PINGREQ.firstByte() << 8);
    }

    /** Appends a PINGRESP. */
    public static void pingresp(ByteBuf out) {
        out.writeShort(PacketType.PINGRESP.firstByte() << 8);
    }

    /** Appends a DISCONNECT; before MQTT 5 without the reason. A server sends none before MQTT 5. */
    public static void disconnect(ByteBuf out, ProtocolVersion version, ReasonCode reason, Properties properties) {
        if (!version.isV5() || (reason == ReasonCode.SUCCESS && properties.isEmpty())) {
            out.writeShort(PacketType.DISCONNECT.firstByte() << 8);
            return;
        }
        head(out, PacketType.DISCONNECT, reasonLength(properties));
        reason(out, reason, properties);
    }

    /** Appends an AUTH. */
    public static void auth(ByteBuf out, ReasonCode reason, Properties properties) {
        if (reason == ReasonCode.SUCCESS && properties.isEmpty()) {
            out.writeShort(PacketType.AUTH.firstByte() << 8);
            return;
        }
        head(out, PacketType.AUTH, 1 + PropertiesEncoder.prefixedLength(properties));
        out.writeByte(reason.code());
        PropertiesEncoder.write(out, properties);
    }

    /** A reason without properties needs no length of properties [MQTT-3.4.2.2.1, MQTT-3.14.2.2.1]. */
    private static int reasonLength(Properties properties) {
        return properties.isEmpty() ? 1 : 1 + PropertiesEncoder.prefixedLength(properties);
    }

    private static void reason(ByteBuf out, ReasonCode reason, Properties properties) {
        out.writeByte(reason.code());
        if (!properties.isEmpty()) {
            PropertiesEncoder.write(out, properties);
        }
    }

    /** The first byte of a PUBLISH. */
    public static int firstByte(int qos, boolean dup, boolean retain) {
        return PacketType.PUBLISH.code() << 4 | (dup ? 8 : 0) | qos << 1 | (retain ? 1 : 0);
    }

    /** The Remaining Length of a PUBLISH; {@code propertiesLength} counts only in MQTT 5. All in bytes. */
    public static int publishRemainingLength(
            boolean v5, int topicLength, int qos, int propertiesLength, int payloadLength) {
        int properties = v5 ? varintLength(propertiesLength) + propertiesLength : 0;
        return 2 + topicLength + (qos > 0 ? 2 : 0) + properties + payloadLength;
    }

    /**
     * Appends a PUBLISH up to and including the length of its properties; the caller appends the properties, then the
     * payload.
     *
     * @param topic an array with the Topic Name as UTF-8, from {@code topicFrom}
     * @param packetId 0: none (QoS 0)
     * @param propertiesLength how many bytes of properties will follow; not used before MQTT 5
     */
    public static void publishHead(
            ByteBuf out,
            boolean v5,
            int firstByte,
            int remainingLength,
            byte[] topic,
            int topicFrom,
            int topicLength,
            int packetId,
            int propertiesLength) {
        out.ensureWritable(13 + topicLength);
        out.writeByte(firstByte);
        writeVarint(out, remainingLength);
        out.writeShort(topicLength);
        out.writeBytes(topic, topicFrom, topicLength);
        if (packetId != 0) {
            out.writeShort(packetId);
        }
        if (v5) {
            writeVarint(out, propertiesLength);
        }
    }

    /**
     * Appends a whole PUBLISH. For a receiver's own alias and the like there is {@link #publishHead}.
     *
     * @param firstByte from {@link #firstByte}
     * @param packetId 0 at QoS 0
     */
    public static void publish(
            ByteBuf out,
            ProtocolVersion version,
            int firstByte,
            String topic,
            int packetId,
            Properties properties,
            byte[] payload) {
        int topicLength = ByteBufUtil.utf8Bytes(topic);
        int propertiesLength = PropertiesEncoder.length(properties);
        out.writeByte(firstByte);
        writeVarint(
                out, publishRemainingLength(version.isV5(), topicLength, packetId, propertiesLength, payload.length));
        Text.write(out, topic);
        if (packetId != 0) {
            out.writeShort(packetId);
        }
        if (version.isV5()) {
            PropertiesEncoder.write(out, properties);
        }
        out.writeBytes(payload);
    }

    /** Appends a Topic Alias property. */
    public static void topicAliasProperty(ByteBuf out, int alias) {
        out.writeByte(Property.TOPIC_ALIAS.id());
        out.writeShort(alias);
    }

    /** Appends a Message Expiry Interval property, in seconds. */
    public static void expiryProperty(ByteBuf out, long seconds) {
        out.writeByte(Property.MESSAGE_EXPIRY_INTERVAL.id());
        out.writeInt((int) seconds);
    }

    /** Appends a Subscription Identifier property. */
    public static void subscriptionIdentifierProperty(ByteBuf out, int identifier) {
        out.writeByte(Property.SUBSCRIPTION_IDENTIFIER.id());
        writeVarint(out, identifier);
    }

    /** The bytes that {@link #subscriptionIdentifierProperty} writes. */
    public static int subscriptionIdentifierBytes(int identifier) {
        return 1 + varintLength(identifier);
    }

    /** The bytes of a whole packet with this Remaining Length. */
    public static int packetBytes(int remainingLength) {
        return 1 + varintLength(remainingLength) + remainingLength;
    }

    /** The bytes of a Variable Byte Integer: 1 to 4. */
    public static int varintLength(int value) {
        return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;
    }

    /** Appends a Variable Byte Integer [MQTT-1.5.5]. */
    public static void writeVarint(ByteBuf out, int value) {
        if (value < 0 || value > MAX_VARINT) {
            throw new IllegalArgumentException("does not fit in a Variable Byte Integer: " + value);
        }
        int rest = value;
        while (rest > 0x7F) {
            out.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    /** Appends the fixed header of any packet but PUBLISH. */
    static void head(ByteBuf out, PacketType type, int remainingLength) {
        out.writeByte(type.firstByte());
        writeVarint(out, remainingLength);
    }
}
