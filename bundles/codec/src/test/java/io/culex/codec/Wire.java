// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Packets written as text: hex bytes, {@code LEN} for the remaining length of all that follows, {@code <text>} for a string
 * with its length before it, {@code [ ... ]} for bytes with a Variable Byte Integer of their length before them. And readers
 * that are past the opening packet, named by side and level: S3, S4, S5, C3, C4, C5; N3 to N5 for clients that have not got
 * a CONNACK, S for a server that has not got a CONNECT.
 */
final class Wire {
    private Wire() {}

    static ByteBuf bytes(String text) {
        Iterator<String> tokens = Arrays.asList(text.trim().split("\\s+")).iterator();
        return group(tokens);
    }

    private static ByteBuf group(Iterator<String> tokens) {
        ByteBuf out = Unpooled.buffer();
        while (tokens.hasNext()) {
            String token = tokens.next();
            if (token.equals("]")) {
                return out;
            }
            if (token.equals("LEN") || token.equals("[")) {
                ByteBuf inner = group(tokens);
                PacketWriter.writeVarint(out, inner.readableBytes());
                out.writeBytes(inner);
            } else if (token.startsWith("<")) {
                byte[] string = token.substring(1, token.length() - 1).getBytes(StandardCharsets.UTF_8);
                out.writeShort(string.length).writeBytes(string);
            } else {
                out.writeBytes(ByteBufUtil.decodeHexDump(token));
            }
        }
        return out;
    }

    static ProtocolVersion version(int level) {
        return ProtocolVersion.values()[level - 3];
    }

    static PacketReader reader(String state) throws MalformedPacketException {
        return reader(state, Integer.MAX_VALUE);
    }

    static PacketReader reader(String state, int maxPacketBytes) throws MalformedPacketException {
        boolean server = state.startsWith("S");
        PacketReader reader =
                new PacketReader(server ? PacketReader.Side.SERVER : PacketReader.Side.CLIENT, maxPacketBytes);
        if (state.length() == 1) {
            return reader;
        }
        ProtocolVersion version = version(state.charAt(1) - '0');
        ByteBuf opening = Unpooled.buffer();
        if (server) {
            PacketWriter.connect(opening, Connect.of(version, "c", true, 0));
        } else {
            reader.version(version);
            PacketWriter.connack(opening, version, false, 0, Properties.NONE);
        }
        if (!state.startsWith("N")) {
            reader.read(opening, new RecordingSink());
        }
        return reader;
    }

    /** Reads what must be exactly one packet. */
    static RecordingSink read(PacketReader reader, ByteBuf in) throws MalformedPacketException {
        RecordingSink sink = new RecordingSink();
        if (!reader.read(in, sink) || in.isReadable()) {
            throw new AssertionError("not exactly one packet, " + in.readableBytes() + " bytes left");
        }
        return sink;
    }

    static RecordingSink read(String state, String packet) throws MalformedPacketException {
        return read(reader(state), bytes(packet));
    }

    static String hex(ByteBuf bytes) {
        return ByteBufUtil.hexDump(bytes);
    }
}
