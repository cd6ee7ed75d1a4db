// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import io.culex.api.message.QoS;
import io.culex.api.message.TopicFilter;
import io.culex.api.message.TopicName;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What goes which way.
 *
 * @param name of the gateway
 * @param filters Topic Filters: what they match becomes events
 * @param events topics of events, perhaps ending with {@code /*}: they become messages
 * @param eventPrefix begins the topic of every event that is made; empty or ends with a slash
 * @param topicPrefix begins the topic of every message that is made
 * @param qos of what is received and of what is published
 * @param durable whether messages wait for the gateway while it is away
 */
record Settings(
        String name,
        List<String> filters,
        List<String> events,
        String eventPrefix,
        String topicPrefix,
        QoS qos,
        boolean durable) {
    private static final Pattern EVENT_TOPIC = Pattern.compile("\\*|[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*(/\\*)?");
    private static final Pattern EVENT_PREFIX = Pattern.compile("([A-Za-z0-9_-]+/)*");

    /**
     * Reads and checks them.
     *
     * @throws IllegalArgumentException with the option and the reason
     */
    static Settings of(String name, EventGateway.Config config) {
        return new Settings(
                        name,
                        list(config.mqtt__to__events()),
                        list(config.events__to__mqtt()),
                        config.event__prefix(),
                        config.topic__prefix(),
                        qos(config.qos()),
                        flag("durable", config.durable()))
                .checked();
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private static QoS qos(String text) {
        return switch (text) {
            case "0" -> QoS.AT_MOST_ONCE;
            case "1" -> QoS.AT_LEAST_ONCE;
            case "2" -> QoS.EXACTLY_ONCE;
            default -> throw invalid("qos", text, "0, 1 or 2");
        };
    }

    private static boolean flag(String option, String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw invalid(option, text, "true or false");
        };
    }

    /** Itself, when all of it can be. */
    Settings checked() {
        filters.stream().filter(one -> !TopicFilter.isValid(one)).forEach(one -> {
            throw invalid("mqtt_to_events", one, "a Topic Filter");
        });
        events.stream().filter(one -> !EVENT_TOPIC.matcher(one).matches()).forEach(one -> {
            throw invalid("events_to_mqtt", one, "the topic of an event");
        });
        if (!EVENT_PREFIX.matcher(eventPrefix).matches()) {
            throw invalid("event_prefix", eventPrefix, "words of letters, digits, _ and -, each followed by a slash");
        }
        if (!topicPrefix.isEmpty() && (!TopicName.isValid(topicPrefix) || topicPrefix.startsWith("$"))) {
            throw invalid("topic_prefix", topicPrefix, "the beginning of a Topic Name, without $");
        }
        if (filters.isEmpty() && events.isEmpty()) {
            throw new IllegalArgumentException("Error: A gateway for events needs mqtt_to_events or events_to_mqtt.");
        }
        return this;
    }

    private static IllegalArgumentException invalid(String option, String value, String expected) {
        return new IllegalArgumentException(
                "Error: Invalid '" + option + "' value (" + value + "): must be " + expected + ".");
    }
}
