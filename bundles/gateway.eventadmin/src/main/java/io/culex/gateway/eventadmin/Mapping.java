// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.api.message.TopicName;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.service.event.Event;

/** From messages to events and back; what an event's topic cannot say stands in its properties. */
record Mapping(Settings settings) {
    /** The Topic Name of the message. An event that has it goes to that topic. */
    static final String TOPIC = "mqtt.topic";

    /** The level, an Integer. */
    static final String QOS = "mqtt.qos";

    /** Whether it is, or is to be, retained; a Boolean. */
    static final String RETAIN = "mqtt.retain";

    /** The name of the gateway that made the event: it makes no message again. */
    static final String GATEWAY = "mqtt.gateway";

    /** The payload: the bytes in an event that is made; bytes, or text of any kind, in one that is taken. */
    static final String PAYLOAD = "payload";

    /** The payload as text. */
    static final String TEXT = "text";

    private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_/-]");
    private static final Pattern EMPTY_LEVEL = Pattern.compile("(?<=^|/)(?=/|$)");

    Event toEvent(Message message) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(TOPIC, message.topic());
        properties.put(QOS, message.qos().level());
        properties.put(RETAIN, message.retain());
        properties.put(GATEWAY, settings.name());
        properties.put(PAYLOAD, message.payload().toBytes());
        properties.put(TEXT, message.payload().asText());
        return new Event(settings.eventPrefix() + eventTopic(message.topic()), properties);
    }

    /** What an event's topic may not have becomes {@code _}. */
    static String eventTopic(String topic) {
        return EMPTY_LEVEL.matcher(FOREIGN.matcher(topic).replaceAll("_")).replaceAll("_");
    }

    /** Whether some gateway has made the event out of a message. */
    static boolean isFromMqtt(Event event) {
        return event.containsProperty(GATEWAY);
    }

    /** The message of an event; null when it names a topic that is none. */
    @Nullable
    Message toMessage(Event event) {
        Object named = event.getProperty(TOPIC);
        String topic = named instanceof String text ? text : settings.topicPrefix() + event.getTopic();
        if (!TopicName.isValid(topic) || topic.startsWith("$")) {
            return null;
        }
        QoS qos = event.getProperty(QOS) instanceof Integer level && level >= 0 && level <= 2
                ? QoS.of(level)
                : settings.qos();
        boolean retain = Boolean.TRUE.equals(event.getProperty(RETAIN));
        return new Message(topic, payload(event), qos, retain, MessageProperties.NONE);
    }

    private static Payload payload(Event event) {
        Object value = event.containsProperty(PAYLOAD) ? event.getProperty(PAYLOAD) : event.getProperty(TEXT);
        if (value instanceof byte[] bytes) {
            return Payload.wrap(bytes.clone());
        }
        return value == null ? Payload.EMPTY : Payload.of(String.valueOf(value));
    }
}
