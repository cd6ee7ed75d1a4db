// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Takes the data types of MQTT out of the body of one packet, and refuses what the specification forbids. */
final class WireReader {
    private final ByteBuffer body;

    WireReader(byte[] body) {
        this.body = ByteBuffer.wrap(body);
    }

    int remaining() {
        return body.remaining();
    }

    int u8() {
        need(1);
        return body.get() & 0xFF;
    }

    int u16() {
        need(2);
        return body.getShort() & 0xFFFF;
    }

    long u32() {
        need(4);
        return body.getInt() & 0xFFFFFFFFL;
    }

    /** [MQTT-1.5.5-1]: at most four bytes, and no more than needed. */
    int variable() {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int digit = u8();
            value |= (digit & 0x7F) << shift;
            if (digit < 0x80) {
                if (digit == 0 && shift > 0) {
                    throw new WireError("Variable Byte Integer longer than needed [MQTT-1.5.5-1]");
                }
                return value;
            }
        }
        throw new WireError("Variable Byte Integer of more than four bytes");
    }

    /** [MQTT-1.5.4-1], [MQTT-1.5.4-2]. */
    String string() {
        byte[] bytes = binary();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new WireError("U+0000 in a string [MQTT-1.5.4-2]");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new WireError("string is not UTF-8 [MQTT-1.5.4-1]", e);
        }
    }

    byte[] binary() {
        return take(u16());
    }

    byte[] rest() {
        return take(body.remaining());
    }

    void end() {
        if (body.hasRemaining()) {
            throw new WireError(body.remaining() + " bytes after the end of the packet");
        }
    }

    /** The properties of a packet that a server sent. */
    PropertyList properties(PacketType type) {
        WireReader in = new WireReader(take(variable()));
        List<Property> found = new ArrayList<>();
        EnumSet<PropertyId> seen = EnumSet.noneOf(PropertyId.class);
        while (in.remaining() > 0) {
            int code = in.variable();
            PropertyId id = PropertyId.of(code)
                    .filter(property -> property.allowedIn(type))
                    .orElseThrow(() -> new WireError("property 0x" + Integer.toHexString(code) + " in a " + type));
            if (!seen.add(id) && !id.repeatableIn(type)) {
                throw new WireError("property " + id + " twice in a " + type);
            }
            found.add(new Property(id, in.value(id)));
        }
        return new PropertyList(found);
    }

    private Object value(PropertyId id) {
        return switch (id.form()) {
            case BYTE -> (long) u8();
            case TWO_BYTES -> (long) u16();
            case FOUR_BYTES -> u32();
            case VARIABLE -> (long) variable();
            case STRING -> string();
            case BINARY -> binary();
            case PAIR -> Map.entry(string(), string());
        };
    }

    private byte[] take(int length) {
        need(length);
        byte[] bytes = new byte[length];
        body.get(bytes);
        return bytes;
    }

    private void need(int length) {
        if (body.remaining() < length) {
            throw new WireError("packet too short: " + length + " bytes wanted, " + body.remaining() + " left");
        }
    }
}
