// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.netty.buffer.ByteBuf;

/** SUBSCRIBE, UNSUBSCRIBE and their acknowledgments to bytes [MQTT-3.8 to MQTT-3.11]. */
final class SubscribeEncoder {
    private SubscribeEncoder() {}

    static void subscribe(ByteBuf out, ProtocolVersion version, Subscribe packet) {
        int length = 0;
        for (Subscribe.Entry entry : packet.entries()) {
            length += Text.length(entry.filter()) + 1;
        }
        head(out, version, PacketType.SUBSCRIBE, packet.packetId(), packet.properties(), length);
        for (Subscribe.Entry entry : packet.entries()) {
            Text.write(out, entry.filter());
            out.writeByte(version.isV5() ? options(entry) : entry.qos());
        }
    }

    private static int options(Subscribe.Entry entry) {
        return entry.qos()
                | (entry.noLocal() ? SubscribeDecoder.NO_LOCAL : 0)
                | (entry.retainAsPublished() ? SubscribeDecoder.RETAIN_AS_PUBLISHED : 0)
                | entry.retainHandling() << 4;
    }

    static void unsubscribe(ByteBuf out, ProtocolVersion version, Unsubscribe packet) {
        int length = 0;
        for (String filter : packet.filters()) {
            length += Text.length(filter);
        }
        head(out, version, PacketType.UNSUBSCRIBE, packet.packetId(), packet.properties(), length);
        for (String filter : packet.filters()) {
            Text.write(out, filter);
        }
    }

    static void acknowledge(
            ByteBuf out, ProtocolVersion version, PacketType type, int packetId, byte[] codes, Properties properties) {
        head(out, version, type, packetId, properties, codes.length);
        out.writeBytes(codes);
    }

    private static void head(
            ByteBuf out,
            ProtocolVersion version,
            PacketType type,
            int packetId,
            Properties properties,
            int payloadLength) {
        int propertiesLength = version.isV5() ? PropertiesEncoder.prefixedLength(properties) : 0;
        PacketWriter.head(out, type, 2 + propertiesLength + payloadLength);
        out.writeShort(packetId);
        if (version.isV5()) {
            PropertiesEncoder.write(out, properties);
        }
    }
}
