// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import io.culex.api.message.QoS;
import io.culex.api.message.TopicFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the address of an endpoint says: {@code culex:PATH?NAME=VALUE&...}.
 *
 * @param path the Topic Name to publish to, or a Topic Filter to subscribe to
 * @param filters more Topic Filters to subscribe to
 * @param qos of what is published, and the highest of what is received
 * @param retain whether what is published is retained
 * @param user whose permissions are asked for; null: an anonymous client's
 * @param listener whose rules hold, by its name or port; null: the only one there is
 * @param trusted whether it acts as the broker itself, which no permission is asked for
 * @param clientId names the session; null: a name that nobody else has
 * @param durable whether messages wait in the session while nobody consumes
 * @param window how many messages are handed out that are not acknowledged
 * @param consumers how many threads work on them
 * @param redeliveryMillis after how long a message is tried again whose exchange has failed; -1: never
 * @param reconnectMillis after how long a session, or a subscription that was refused, is tried again
 * @param retainHandling 0: retained messages come with the subscription; 1: only with a new one; 2: never
 * @param maxQueuedMessages how many may wait in the session; 0: no limit, -1: the broker's
 */
record Options(
        String path,
        List<String> filters,
        QoS qos,
        boolean retain,
        @Nullable String user,
        @Nullable String listener,
        boolean trusted,
        @Nullable String clientId,
        boolean durable,
        int window,
        int consumers,
        long redeliveryMillis,
        long reconnectMillis,
        int retainHandling,
        int maxQueuedMessages) {
    private static final int WINDOW = 256;

    Options {
        filters = List.copyOf(filters);
        require(!trusted || user == null, "trusted=true acts as the broker itself: no user");
        require(!durable || clientId != null, "durable=true needs a clientId");
        require(window >= 1 && window <= 65_535, "window must be 1 to 65535");
        require(consumers >= 1, "concurrentConsumers must be 1 or more");
        require(redeliveryMillis >= -1, "redeliveryDelay must be -1 or more");
        require(reconnectMillis >= 1, "reconnectDelay must be 1 or more");
        require(retainHandling >= 0 && retainHandling <= 2, "retainHandling must be 0, 1 or 2");
        require(maxQueuedMessages >= -1, "maxQueuedMessages must be -1 or more");
    }

    private static void require(boolean fulfilled, String rule) {
        if (!fulfilled) {
            throw new IllegalArgumentException("Endpoint of Culex: " + rule);
        }
    }

    /**
     * Takes out of the parameters what is known here.
     *
     * @throws IllegalArgumentException with the option that is wrong
     */
    static Options of(String path, Map<String, Object> parameters) {
        Taken taken = new Taken(parameters);
        return new Options(
                path,
                list(taken.text("filters")),
                QoS.of(taken.number("qos", 1)),
                taken.flag("retain"),
                taken.text("user"),
                taken.text("listener"),
                taken.flag("trusted"),
                taken.text("clientId"),
                taken.flag("durable"),
                taken.number("window", WINDOW),
                taken.number("concurrentConsumers", 1),
                taken.number("redeliveryDelay", 1_000),
                taken.number("reconnectDelay", 5_000),
                taken.number("retainHandling", 0),
                taken.number("maxQueuedMessages", -1));
    }

    private static List<String> list(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .toList();
    }

    /**
     * What to subscribe to.
     *
     * @throws IllegalArgumentException when one of them is no Topic Filter
     */
    List<String> subscriptions() {
        List<String> all = new ArrayList<>();
        all.add(path);
        all.addAll(filters);
        for (String filter : all) {
            require(TopicFilter.isValid(filter), "'" + filter + "' is no Topic Filter");
        }
        return all;
    }

    /** The Client Identifier, or one that nobody else has. */
    String sessionName() {
        return clientId != null
                ? clientId
                : "camel-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    /** Parameters that are taken out one by one: what is left, Camel finds unknown. */
    private record Taken(Map<String, Object> parameters) {
        @Nullable
        String text(String name) {
            Object value = parameters.remove(name);
            return value == null || value.toString().isEmpty() ? null : value.toString();
        }

        boolean flag(String name) {
            String value = text(name);
            require(value == null || value.equals("true") || value.equals("false"), name + " must be true or false");
            return "true".equals(value);
        }

        int number(String name, int otherwise) {
            String value = text(name);
            try {
                return value == null ? otherwise : Integer.parseInt(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("Endpoint of Culex: " + name + " must be a number, not " + value, e);
            }
        }
    }
}
