// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.sys;

import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What stands under {@code $SYS/broker/}, and what of it has changed. A topic whose metric is not there keeps what it showed.
 * Not for several threads.
 */
final class SysTree {
    private static final double LEAST_MOVE = 0.01;
    /** What binary fractions lose of a move by exactly {@link #LEAST_MOVE}. */
    private static final double ROUNDING = 1e-9;

    private final String version;
    private final Map<String, Load> loads = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Double> averages = new HashMap<>();

    /** A tree that shows nothing yet. */
    SysTree(String version) {
        this.version = version;
    }

    /**
     * The messages that bring subscribers up to date.
     *
     * @param readings the metrics by name
     * @param nanos when they were read, by a clock that never jumps
     */
    List<Message> changes(Map<String, Double> readings, long nanos) {
        List<Message> changes = new ArrayList<>();
        show(changes, SysTopics.VERSION, "culex version " + version);
        for (SysTopics.Entry entry : SysTopics.VALUES) {
            Double value = readings.get(entry.metric());
            if (value != null) {
                show(changes, entry.topic(), value.longValue() + entry.unit());
            }
        }
        for (SysTopics.Entry entry : SysTopics.LOADS) {
            Double count = readings.get(entry.metric());
            if (count != null) {
                Load load = loads.computeIfAbsent(entry.topic(), topic -> new Load(count, nanos));
                load.update(count, nanos);
                load.forEach((window, average) -> showAverage(changes, entry.topic() + "/" + window, average));
            }
        }
        return changes;
    }

    /** The numbers that stand under topics, by topic; without averages. */
    static SortedMap<String, Long> numbers(Map<String, Double> readings) {
        SortedMap<String, Long> numbers = new TreeMap<>();
        for (SysTopics.Entry entry : SysTopics.VALUES) {
            Double value = readings.get(entry.metric());
            if (value != null) {
                numbers.put(entry.topic(), value.longValue());
            }
        }
        return numbers;
    }

    /** Nobody may have got what was said last: everything is a change again. */
    void forget() {
        texts.clear();
        averages.clear();
    }

    private void show(List<Message> changes, String topic, String text) {
        if (!text.equals(texts.put(topic, text))) {
            changes.add(message(topic, text));
        }
    }

    private void showAverage(List<Message> changes, String topic, double average) {
        Double shown = averages.get(topic);
        if (shown == null || Math.abs(average - shown) >= LEAST_MOVE - ROUNDING) {
            averages.put(topic, average);
            changes.add(message(topic, String.format(Locale.ROOT, "%.2f", average)));
        }
    }

    private static Message message(String topic, String text) {
        return new Message(topic, Payload.of(text), QoS.EXACTLY_ONCE, true, MessageProperties.NONE);
    }
}
