// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.netty.buffer.ByteBuf;

/** CONNECT to bytes [MQTT-3.1]. */
final class ConnectEncoder {
    private ConnectEncoder() {}

    static void connect(ByteBuf out, Connect packet) {
        PacketWriter.head(out, PacketType.CONNECT, length(packet));
        ProtocolVersion version = packet.version();
        Text.write(out, version.protocolName());
        out.writeByte(version.level() | (packet.bridge() ? 0x80 : 0));
        out.writeByte(flags(packet));
        out.writeShort(packet.keepAlive());
        if (version.isV5()) {
            PropertiesEncoder.write(out, packet.properties());
        }
        Text.write(out, packet.clientId());
        Will will = packet.will();
        if (will != null) {
            will(out, version, will);
        }
        String username = packet.username();
        if (username != null) {
            Text.write(out, username);
        }
        byte[] password = packet.password();
        if (password != null) {
            Text.write(out, password);
        }
    }

    private static int length(Connect packet) {
        ProtocolVersion version = packet.version();
        int length = Text.length(version.protocolName()) + 4 + Text.length(packet.clientId());
        length += version.isV5() ? PropertiesEncoder.prefixedLength(packet.properties()) : 0;
        Will will = packet.will();
        if (will != null) {
            length += version.isV5() ? PropertiesEncoder.prefixedLength(will.properties()) : 0;
            length += Text.length(will.topicText()) + 2 + will.payload().length;
        }
        String username = packet.username();
        byte[] password = packet.password();
        return length + (username == null ? 0 : Text.length(username)) + (password == null ? 0 : 2 + password.length);
    }

    private static int flags(Connect packet) {
        int flags = packet.cleanStart() ? ConnectDecoder.CLEAN_START : 0;
        Will will = packet.will();
        if (will != null) {
            flags |= ConnectDecoder.WILL | will.qos() << 3 | (will.retain() ? ConnectDecoder.WILL_RETAIN : 0);
        }
        return flags
                | (packet.username() == null ? 0 : ConnectDecoder.USERNAME)
                | (packet.password() == null ? 0 : ConnectDecoder.PASSWORD);
    }

    private static void will(ByteBuf out, ProtocolVersion version, Will will) {
        if (version.isV5()) {
            PropertiesEncoder.write(out, will.properties());
        }
        Text.write(out, will.topicText());
        Text.write(out, will.payload());
    }
}
