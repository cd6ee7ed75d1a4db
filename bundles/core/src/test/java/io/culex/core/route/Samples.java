// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Topics, filters and messages for tests; the random ones are few enough to meet often. */
final class Samples {
    private static final List<String> LEVELS = List.of("a", "b", "", "cc", "$SYS", "$x", "a$");

    private Samples() {}

    static Subscription subscription(Receiver receiver, String filter, int qos) {
        return new Subscription(receiver, filter, SubscribeOptions.of(QoS.of(qos)));
    }

    static Publication message(String topic, String payload) {
        return new Publication(utf8(topic), Publication.NO_PROPERTIES, utf8(payload), 0, false, 0, 0, null);
    }

    static Publication retained(String topic, String payload) {
        return new Publication(utf8(topic), Publication.NO_PROPERTIES, utf8(payload), 0, true, 0, 0, null);
    }

    static Publication expiring(String topic, long atMillis) {
        return new Publication(utf8(topic), Publication.NO_PROPERTIES, utf8("x"), 0, true, atMillis, 0, null);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String topic(Random random) {
        String topic = IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(i -> LEVELS.get(random.nextInt(LEVELS.size())))
                .collect(Collectors.joining("/"));
        return topic.isEmpty() ? "a" : topic;
    }

    static String filter(Random random) {
        List<String> levels = new ArrayList<>(List.of(topic(random).split("/", -1)));
        levels.replaceAll(level -> random.nextInt(4) == 0 ? "+" : level);
        if (random.nextInt(3) == 0) {
            levels.set(levels.size() - 1, "#");
        }
        String filter = String.join("/", levels);
        return filter.isEmpty() ? "#" : filter;
    }
}
