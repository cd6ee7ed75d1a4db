// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.ReasonCode;
import io.netty.buffer.ByteBuf;

/** Checks the properties of a PUBLISH in their bytes, without making objects [MQTT-3.3.2.3]. */
final class PublishProperties {
    private final boolean fromClient;
    private int maxUserProperties = PacketReader.MAX_USER_PROPERTIES;

    PublishProperties(PacketReader.Side side) {
        fromClient = side == PacketReader.Side.SERVER;
    }

    void maxUserProperties(int limit) {
        maxUserProperties = limit;
    }

    /** Sets a frame to: no properties. */
    void clear(PublishFrame frame) {
        frame.topicAlias = 0;
        frame.expirySeconds = -1;
        frame.propertiesLength = 0;
        frame.privateLength = 0;
        frame.utf8Payload = false;
    }

    void decode(Body body, PublishFrame frame) throws MalformedPacketException {
        int length = body.varint("property length");
        frame.propertiesIndex = body.at();
        frame.propertiesLength = length;
        if (length == 0) {
            return;
        }
        int end = body.narrow(length, "property length");
        long seen = 0;
        int userProperties = 0;
        while (body.hasMore()) {
            Property property = property(body);
            long bit = 1L << property.ordinal();
            if (property == Property.USER_PROPERTY) {
                if (++userProperties > maxUserProperties) {
                    throw PropertiesDecoder.tooMany(PacketType.PUBLISH, maxUserProperties);
                }
            } else if ((seen & bit) != 0 && property != Property.SUBSCRIPTION_IDENTIFIER) {
                throw body.protocolError(property + " more than once");
            }
            seen |= bit;
            value(body, property, frame);
        }
        body.widen(end);
    }

    private Property property(Body body) throws MalformedPacketException {
        int id = body.uint8("property");
        Property property = Property.of(id);
        if (property == null || !property.allowedIn(Property.In.PUBLISH)) {
            throw body.malformed("property " + id + " is not for this packet");
        }
        return property;
    }

    private void value(Body body, Property property, PublishFrame frame) throws MalformedPacketException {
        int from = body.at() - 1;
        switch (property) {
            case PAYLOAD_FORMAT_INDICATOR -> frame.utf8Payload = formatIndicator(body);
            case MESSAGE_EXPIRY_INTERVAL -> frame.expirySeconds = body.uint32("MESSAGE_EXPIRY_INTERVAL");
            case TOPIC_ALIAS -> frame.topicAlias = topicAlias(body);
            case SUBSCRIPTION_IDENTIFIER -> subscriptionIdentifier(body);
            case RESPONSE_TOPIC -> responseTopic(body);
            case CORRELATION_DATA -> body.skipBinary("CORRELATION_DATA");
            case USER_PROPERTY -> {
                body.skipText("USER_PROPERTY");
                body.skipText("USER_PROPERTY");
            }
            default -> body.skipText(property.name());
        }
        if (isPrivate(property)) {
            frame.privateLength += body.at() - from;
        }
    }

    /** Whether a property concerns only the connection it came on. */
    private static boolean isPrivate(Property property) {
        return property == Property.MESSAGE_EXPIRY_INTERVAL
                || property == Property.TOPIC_ALIAS
                || property == Property.SUBSCRIPTION_IDENTIFIER;
    }

    private static boolean formatIndicator(Body body) throws MalformedPacketException {
        int value = body.uint8("PAYLOAD_FORMAT_INDICATOR");
        if (value > 1) {
            throw body.protocolError("PAYLOAD_FORMAT_INDICATOR must not be " + value);
        }
        return value == 1;
    }

    private static int topicAlias(Body body) throws MalformedPacketException {
        int alias = body.uint16("TOPIC_ALIAS");
        if (alias == 0) {
            throw new MalformedPacketException(ReasonCode.TOPIC_ALIAS_INVALID, "PUBLISH: topic alias 0");
        }
        return alias;
    }

    private void subscriptionIdentifier(Body body) throws MalformedPacketException {
        if (fromClient) {
            throw body.protocolError("SUBSCRIPTION_IDENTIFIER from a client");
        }
        if (body.varint("SUBSCRIPTION_IDENTIFIER") == 0) {
            throw body.protocolError("SUBSCRIPTION_IDENTIFIER must not be 0");
        }
    }

    private static void responseTopic(Body body) throws MalformedPacketException {
        int length = body.skipText("RESPONSE_TOPIC");
        boolean valid =
                length > 0 && Utf8.topicFault(body.buffer(), body.at() - length, length) == Utf8.TopicFault.NONE;
        if (!valid) {
            throw body.protocolError("RESPONSE_TOPIC is not a topic name");
        }
    }

    /** Copies the properties of a checked frame that are not private. */
    static void copyForwarded(PublishFrame frame, byte[] to, int index) {
        ByteBuf in = frame.buffer;
        int at = frame.propertiesIndex;
        int end = at + frame.propertiesLength;
        int target = index;
        while (at < end) {
            Property property = Property.of(in.getByte(at));
            if (property == null) {
                throw new IllegalStateException("the frame's buffer was changed");
            }
            int size = size(in, at, property.kind());
            if (!isPrivate(property)) {
                in.getBytes(at, to, target, size);
                target += size;
            }
            at += size;
        }
    }

    /** The bytes of a property with its identifier. */
    private static int size(ByteBuf in, int at, Property.Kind kind) {
        return switch (kind) {
            case FLAG -> 2;
            case TWO_BYTES, TWO_BYTES_NOT_ZERO -> 3;
            case FOUR_BYTES, FOUR_BYTES_NOT_ZERO -> 5;
            case TEXT, BINARY -> 3 + in.getUnsignedShort(at + 1);
            case PAIRS -> {
                int name = 3 + in.getUnsignedShort(at + 1);
                yield name + 2 + in.getUnsignedShort(at + name);
            }
            case IDENTIFIERS -> {
                int size = 2;
                while (in.getByte(at + size - 1) < 0) {
                    size++;
                }
                yield size;
            }
        };
    }

    /** All properties of a checked frame as an object. */
    static Properties read(PublishFrame frame) {
        PropertiesDecoder decoder = new PropertiesDecoder();
        decoder.maxUserProperties(Integer.MAX_VALUE);
        Body body = new Body();
        int from = frame.propertiesIndex;
        body.open(frame.buffer, PacketType.PUBLISH, from, from + frame.propertiesLength);
        try {
            return decoder.decodeRest(body, Property.In.PUBLISH);
        } catch (MalformedPacketException fault) {
            throw new IllegalStateException("the frame's buffer was changed", fault);
        }
    }
}
