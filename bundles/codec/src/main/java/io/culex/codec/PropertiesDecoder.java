// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.ReasonCode;
import io.culex.api.message.TopicName;
import io.culex.api.message.UserProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes to properties, in one pass, for every packet but a PUBLISH on its way through [MQTT-2.2.2]. */
final class PropertiesDecoder {
    private int maxUserProperties = PacketReader.MAX_USER_PROPERTIES;

    void maxUserProperties(int limit) {
        maxUserProperties = limit;
    }

    /** The properties of a packet behind their length. */
    Properties decode(Body body) throws MalformedPacketException {
        return decode(body, Property.In.of(body.type()));
    }

    /** Properties behind their length, of a packet or of a Will: one of {@link Property.In}. */
    Properties decode(Body body, int home) throws MalformedPacketException {
        int length = body.varint("property length");
        if (length == 0) {
            return Properties.NONE;
        }
        int end = body.narrow(length, "property length");
        Properties properties = decodeRest(body, home);
        body.widen(end);
        return properties;
    }

    /** Properties without a length before them, up to the end of the body. */
    Properties decodeRest(Body body, int home) throws MalformedPacketException {
        if (!body.hasMore()) {
            return Properties.NONE;
        }
        @Nullable Object[] values = new Object[Property.COUNT];
        while (body.hasMore()) {
            Property property = next(body, home);
            int index = property.ordinal();
            if (values[index] != null && !mayRepeat(property, home)) {
                throw body.protocolError(property + " more than once");
            }
            values[index] = value(body, property, values[index]);
        }
        freeze(values, Property.USER_PROPERTY);
        freeze(values, Property.SUBSCRIPTION_IDENTIFIER);
        return new Properties(values);
    }

    private static void freeze(@Nullable Object[] values, Property property) {
        if (values[property.ordinal()] instanceof List<?> list) {
            values[property.ordinal()] = List.copyOf(list);
        }
    }

    private static Property next(Body body, int home) throws MalformedPacketException {
        int id = body.uint8("property");
        Property property = Property.of(id);
        if (property == null || !property.allowedIn(home)) {
            throw body.malformed(property == null ? "unknown property " + id : property + " is not for this packet");
        }
        return property;
    }

    private static boolean mayRepeat(Property property, int home) {
        return property == Property.USER_PROPERTY
                || (property == Property.SUBSCRIPTION_IDENTIFIER && home == Property.In.PUBLISH);
    }

    private Object value(Body body, Property property, @Nullable Object before) throws MalformedPacketException {
        String name = property.name();
        return switch (property.kind()) {
            case FLAG -> inRange(body, property, body.uint8(name));
            case TWO_BYTES, TWO_BYTES_NOT_ZERO -> inRange(body, property, body.uint16(name));
            case FOUR_BYTES, FOUR_BYTES_NOT_ZERO -> inRange(body, property, body.uint32(name));
            case IDENTIFIERS -> added(before, (int) inRange(body, property, body.varint(name)));
            case TEXT -> text(body, property);
            case BINARY -> body.binary(name);
            case PAIRS -> userProperty(body, before);
        };
    }

    private static long inRange(Body body, Property property, long number) throws MalformedPacketException {
        if (!property.kind().takes(number)) {
            throw body.protocolError(property + " must not be " + number);
        }
        return number;
    }

    private static String text(Body body, Property property) throws MalformedPacketException {
        String text = body.text(property.name());
        if (property == Property.RESPONSE_TOPIC && !TopicName.isValid(text)) {
            throw body.protocolError("RESPONSE_TOPIC is not a topic name");
        }
        return text;
    }

    private List<Object> userProperty(Body body, @Nullable Object before) throws MalformedPacketException {
        List<Object> all = added(before, new UserProperty(body.text("USER_PROPERTY"), body.text("USER_PROPERTY")));
        if (all.size() > maxUserProperties) {
            throw tooMany(body.type(), maxUserProperties);
        }
        return all;
    }

    static MalformedPacketException tooMany(PacketType type, int limit) {
        return new MalformedPacketException(
                ReasonCode.QUOTA_EXCEEDED, type + ": more than " + limit + " user properties");
    }

    @SuppressWarnings("unchecked")
    private static List<Object> added(@Nullable Object before, Object one) {
        List<Object> all = before == null ? new ArrayList<>(2) : (List<Object>) before;
        all.add(one);
        return all;
    }
}
