// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Properties to bytes, in the order of their identifiers [MQTT-2.2.2]. */
final class PropertiesEncoder {
    private static final Property[] ALL = Property.values();

    private PropertiesEncoder() {}

    /** The bytes without the length before them; a new array. */
    static byte[] encode(Properties properties) {
        byte[] bytes = new byte[length(properties)];
        if (bytes.length > 0) {
            body(Unpooled.wrappedBuffer(bytes).writerIndex(0), properties);
        }
        return bytes;
    }

    /** The length without the prefix that holds it. */
    static int length(Properties properties) {
        int length = 0;
        if (!properties.isEmpty()) {
            for (Property property : ALL) {
                Object value = properties.value(property);
                length += value == null ? 0 : length(property.kind(), value);
            }
        }
        return length;
    }

    /** The length with its prefix. */
    static int prefixedLength(Properties properties) {
        int length = length(properties);
        return PacketWriter.varintLength(length) + length;
    }

    /** Writes the properties behind their length. */
    static void write(ByteBuf out, Properties properties) {
        PacketWriter.writeVarint(out, length(properties));
        body(out, properties);
    }

    private static void body(ByteBuf out, Properties properties) {
        if (!properties.isEmpty()) {
            for (Property property : ALL) {
                Object value = properties.value(property);
                if (value != null) {
                    write(out, property, value);
                }
            }
        }
    }

    private static int length(Property.Kind kind, Object value) {
        return switch (kind) {
            case FLAG -> 2;
            case TWO_BYTES, TWO_BYTES_NOT_ZERO -> 3;
            case FOUR_BYTES, FOUR_BYTES_NOT_ZERO -> 5;
            case TEXT -> 1 + Text.length((String) value);
            case BINARY -> 3 + ((byte[]) value).length;
            case IDENTIFIERS -> identifiersLength((List<?>) value);
            case PAIRS -> pairsLength((List<?>) value);
        };
    }

    private static int identifiersLength(List<?> identifiers) {
        int length = 0;
        for (Object identifier : identifiers) {
            length += 1 + PacketWriter.varintLength((Integer) identifier);
        }
        return length;
    }

    private static int pairsLength(List<?> pairs) {
        int length = 0;
        for (Object pair : pairs) {
            UserProperty user = (UserProperty) pair;
            length += 1 + Text.length(user.name()) + Text.length(user.value());
        }
        return length;
    }

    private static void write(ByteBuf out, Property property, Object value) {
        if (value instanceof List<?> many) {
            for (Object one : many) {
                writeOne(out, property, one);
            }
        } else {
            writeOne(out, property, value);
        }
    }

    private static void writeOne(ByteBuf out, Property property, Object value) {
        out.writeByte(property.id());
        switch (property.kind()) {
            case FLAG -> out.writeByte(((Long) value).intValue());
            case TWO_BYTES, TWO_BYTES_NOT_ZERO -> out.writeShort(((Long) value).intValue());
            case FOUR_BYTES, FOUR_BYTES_NOT_ZERO -> out.writeInt(((Long) value).intValue());
            case TEXT -> Text.write(out, (String) value);
            case BINARY -> Text.write(out, (byte[]) value);
            case IDENTIFIERS -> PacketWriter.writeVarint(out, (Integer) value);
            case PAIRS -> {
                Text.write(out, ((UserProperty) value).name());
                Text.write(out, ((UserProperty) value).value());
            }
        }
    }

    /** The names of the properties that are set, for people to read. */
    static String names(Properties properties) {
        List<String> names = new ArrayList<>();
        for (Property property : ALL) {
            if (Objects.nonNull(properties.value(property))) {
                names.add(property.name());
            }
        }
        return names.toString();
    }
}
