// SPDX-License-Identifier: Apache-2.0
package io.culex.codec;

import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.netty.buffer.Unpooled;

/** The properties that travel with a message unchanged, between the forms of api, packets and bytes [MQTT-3.3.2.3]. */
final class ForwardedProperties {
    private ForwardedProperties() {}

    /** What a server forwards of a PUBLISH's or Will's properties, without expiry; a new array. */
    static byte[] encode(Properties properties) {
        if (properties.isEmpty()) {
            return PropertiesEncoder.encode(properties);
        }
        return PropertiesEncoder.encode(properties.toBuilder()
                .without(Property.MESSAGE_EXPIRY_INTERVAL)
                .without(Property.WILL_DELAY_INTERVAL)
                .without(Property.TOPIC_ALIAS)
                .without(Property.SUBSCRIPTION_IDENTIFIER)
                .build());
    }

    static Properties of(MessageProperties message) {
        Properties properties = withoutExpiry(message);
        return message.expirySeconds() < 0
                ? properties
                : properties.toBuilder()
                        .messageExpiryInterval(message.expirySeconds())
                        .build();
    }

    static Properties withoutExpiry(MessageProperties message) {
        PropertiesBuilder to = Properties.builder().userProperties(message.userProperties());
        if (message.utf8Payload()) {
            to.payloadFormatIndicator(1);
        }
        if (message.contentType() != null) {
            to.contentType(message.contentType());
        }
        if (message.responseTopic() != null) {
            to.responseTopic(message.responseTopic());
        }
        if (message.correlationData() != null) {
            to.correlationData(message.correlationData().toBytes());
        }
        return to.build();
    }

    static MessageProperties decode(byte[] encoded, long expirySeconds) {
        if (encoded.length == 0 && expirySeconds < 0) {
            return MessageProperties.NONE;
        }
        PropertiesDecoder decoder = new PropertiesDecoder();
        decoder.maxUserProperties(Integer.MAX_VALUE);
        try {
            Body body = new Body();
            body.open(Unpooled.wrappedBuffer(encoded), PacketType.PUBLISH, 0, encoded.length);
            return of(decoder.decodeRest(body, Property.In.PUBLISH), expirySeconds);
        } catch (MalformedPacketException fault) {
            throw new IllegalArgumentException("not properties of a PUBLISH: " + fault.getMessage(), fault);
        }
    }

    static MessageProperties of(Properties from, long expirySeconds) {
        byte[] correlation = from.correlationData();
        return new MessageProperties(
                from.payloadFormatIndicator() == 1,
                expirySeconds,
                from.contentType(),
                from.responseTopic(),
                correlation == null ? null : Payload.wrap(correlation),
                from.userProperties());
    }
}
