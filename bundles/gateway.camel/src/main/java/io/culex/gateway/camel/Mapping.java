// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import io.culex.api.local.Delivery;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.api.message.TopicName;
import io.culex.api.message.UserProperty;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.jspecify.annotations.Nullable;

/**
 * From messages of MQTT to those of Camel and back. What says how a message came ({@link #TOPIC}, {@link #QOS}, {@link #RETAIN}) is not
 * what says how one goes out ({@code CulexOverride...}): else a message that comes from one topic and goes by JMS to another would go
 * back to the first. What belongs to the message itself has one header for both.
 */
final class Mapping {
    static final String TOPIC = "CulexTopic";
    static final String QOS = "CulexQos";
    static final String RETAIN = "CulexRetain";
    static final String DUPLICATE = "CulexDuplicate";
    static final String OVERRIDE_TOPIC = "CulexOverrideTopic";
    static final String OVERRIDE_QOS = "CulexOverrideQos";
    static final String OVERRIDE_RETAIN = "CulexOverrideRetain";
    static final String CONTENT_TYPE = "CulexContentType";
    static final String RESPONSE_TOPIC = "CulexResponseTopic";
    static final String CORRELATION_DATA = "CulexCorrelationData";
    static final String EXPIRY = "CulexMessageExpiry";
    static final String USER_PROPERTIES = "CulexUserProperties";

    private Mapping() {}

    /** Puts a message into what a route is given. */
    static void read(Delivery delivery, boolean again, org.apache.camel.Message into) {
        Message message = delivery.message();
        into.setBody(message.payload().toBytes());
        into.setHeader(TOPIC, message.topic());
        into.setHeader(QOS, message.qos().level());
        into.setHeader(RETAIN, message.retain());
        into.setHeader(DUPLICATE, again || delivery.duplicate());
        MessageProperties properties = message.properties();
        put(into, CONTENT_TYPE, properties.contentType());
        put(into, RESPONSE_TOPIC, properties.responseTopic());
        Payload correlation = properties.correlationData();
        put(into, CORRELATION_DATA, correlation == null ? null : correlation.toBytes());
        put(into, EXPIRY, properties.expirySeconds() < 0 ? null : properties.expirySeconds());
        List<Map.Entry<String, String>> user = new ArrayList<>();
        properties.userProperties().forEach(each -> user.add(Map.entry(each.name(), each.value())));
        put(into, USER_PROPERTIES, user.isEmpty() ? null : user);
    }

    private static void put(org.apache.camel.Message into, String header, @Nullable Object value) {
        if (value != null) {
            into.setHeader(header, value);
        }
    }

    /**
     * The message that a route publishes.
     *
     * @throws IllegalArgumentException when a header or the topic cannot be
     * @throws InvalidPayloadException when the body is nothing that can become bytes
     */
    static Message write(Exchange exchange, Options options) throws InvalidPayloadException {
        org.apache.camel.Message given = exchange.getMessage();
        String topic = given.getHeader(OVERRIDE_TOPIC, options.path(), String.class);
        if (!TopicName.isValid(topic)) {
            throw new IllegalArgumentException("not a valid topic name: '" + topic + "' (header " + OVERRIDE_TOPIC
                    + " names another than the endpoint's)");
        }
        QoS qos = QoS.of(given.getHeader(OVERRIDE_QOS, options.qos().level(), Integer.class));
        boolean retain = given.getHeader(OVERRIDE_RETAIN, options.retain(), Boolean.class);
        byte[] correlation = given.getHeader(CORRELATION_DATA, byte[].class);
        MessageProperties properties = new MessageProperties(
                given.getBody() instanceof String,
                given.getHeader(EXPIRY, -1L, Long.class),
                given.getHeader(CONTENT_TYPE, String.class),
                given.getHeader(RESPONSE_TOPIC, String.class),
                correlation == null ? null : Payload.wrap(correlation.clone()),
                userProperties(given.getHeader(USER_PROPERTIES)));
        return new Message(topic, payload(given), qos, retain, properties);
    }

    private static Payload payload(org.apache.camel.Message given) throws InvalidPayloadException {
        Object body = given.getBody();
        if (body == null) {
            return Payload.EMPTY;
        }
        if (body instanceof String text) {
            return Payload.of(text);
        }
        byte[] bytes = given.getMandatoryBody(byte[].class);
        return Payload.wrap(bytes == body ? bytes.clone() : bytes);
    }

    /** A map of names and values, or a collection of entries, which may have a name more than once. */
    private static List<UserProperty> userProperties(@Nullable Object header) {
        if (header == null) {
            return List.of();
        }
        Collection<?> entries = header instanceof Map<?, ?> map
                ? map.entrySet()
                : header instanceof Collection<?> several ? several : List.of(header);
        return entries.stream().map(Mapping::userProperty).toList();
    }

    private static UserProperty userProperty(Object entry) {
        if (entry instanceof Map.Entry<?, ?> pair) {
            return new UserProperty(String.valueOf(pair.getKey()), String.valueOf(pair.getValue()));
        }
        throw new IllegalArgumentException("header " + USER_PROPERTIES + " must be a map, or a collection of entries");
    }
}
