// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.service.event.Event;

class MappingTest {
    private final Mapping mapping =
            new Mapping(new Settings("g", List.of("#"), List.of("*"), "mqtt/", "events/", QoS.AT_LEAST_ONCE, false));

    @ParameterizedTest
    @CsvSource({"a/b,a/b", "/a//b/,_/a/_/b/_", "sensor 1/°C,sensor_1/_C", "$SYS/x.y,_SYS/x_y", "/,_/_"})
    void everyTopicIsTheTopicOfAnEvent(String topic, String expected) {
        assertEquals(expected, Mapping.eventTopic(topic));
        assertEquals("mqtt/" + expected, mapping.toEvent(Message.of(topic, "x")).getTopic());
    }

    @Test
    void anEventHasAllOfTheMessage() {
        Event event = mapping.toEvent(
                Message.of("a/b", "21.5").withQos(QoS.EXACTLY_ONCE).withRetain(true));
        assertEquals("a/b", event.getProperty(Mapping.TOPIC));
        assertEquals(2, event.getProperty(Mapping.QOS));
        assertEquals(true, event.getProperty(Mapping.RETAIN));
        assertEquals("21.5", event.getProperty(Mapping.TEXT));
        assertArrayEquals(new byte[] {'2', '1', '.', '5'}, (byte[]) event.getProperty(Mapping.PAYLOAD));
        assertTrue(Mapping.isFromMqtt(event));
    }

    private Message message(String topic, Map<String, Object> properties) {
        Event event = new Event(topic, new HashMap<>(properties));
        assertFalse(Mapping.isFromMqtt(event));
        return Objects.requireNonNull(mapping.toMessage(event));
    }

    @Test
    void aMessageHasWhatTheEventSays() {
        Message plain = message("building/alarm", Map.of("payload", 21.5));
        assertEquals("events/building/alarm", plain.topic());
        assertEquals("21.5", plain.payload().asText());
        assertEquals(QoS.AT_LEAST_ONCE, plain.qos());
        Message told = message(
                "x", Map.of(Mapping.TOPIC, "a/b", Mapping.QOS, 0, Mapping.RETAIN, true, "payload", new byte[] {1, 2}));
        assertEquals("a/b", told.topic());
        assertEquals(QoS.AT_MOST_ONCE, told.qos());
        assertTrue(told.retain());
        assertEquals(2, told.payload().size());
        assertTrue(message("x", Map.of()).payload().isEmpty());
    }

    @Test
    void topicsOfTheBrokerItselfStayClosed() {
        assertNull(mapping.toMessage(new Event("x", Map.of(Mapping.TOPIC, "$SYS/broker/version"))));
        assertNull(mapping.toMessage(new Event("x", Map.of(Mapping.TOPIC, "a/#"))));
    }

    private static String refusal(List<String> filters, List<String> events, String eventPrefix, String topicPrefix) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> new Settings(
                                "g", filters, events, eventPrefix, topicPrefix, QoS.AT_MOST_ONCE, false)
                        .checked())
                .getMessage());
    }

    @Test
    void settingsAreCheckedWithTheirNames() {
        assertTrue(refusal(List.of("a/#/b"), List.of(), "", "").contains("'mqtt_to_events' value (a/#/b)"));
        assertTrue(refusal(List.of(), List.of("a b"), "", "").contains("'events_to_mqtt' value (a b)"));
        assertTrue(refusal(List.of("#"), List.of(), "mqtt", "").contains("'event_prefix' value (mqtt)"));
        assertTrue(refusal(List.of("#"), List.of(), "", "$SYS/").contains("'topic_prefix' value ($SYS/)"));
        assertTrue(refusal(List.of(), List.of(), "", "").contains("needs mqtt_to_events or events_to_mqtt"));
    }
}
