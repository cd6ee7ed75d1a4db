// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.otlp;

import io.culex.api.metrics.Family;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When each counter began. All were 0 when the Java machine started, which every exporter is told alike: a collector takes another
 * start for a reset, so an exporter that follows another must not tell a different one, as it would if it reckoned by the whole seconds
 * of {@code uptime}. A counter that has fallen, because what counts was exchanged, began with the last reading before that. Not for
 * several threads.
 */
final class Beginnings {
    private final long machine;
    private final Map<Series, Seen> known = new HashMap<>();

    private record Series(String name, List<String> labels) {}

    private record Seen(long begin, double value, long time) {}

    Beginnings(long machine) {
        this.machine = machine;
    }

    /** When the counter began that was read then. */
    long of(Family family, Family.Sample sample, long time) {
        Series series = new Series(family.exportName(), sample.labelValues());
        Seen last = known.get(series);
        long begin = last == null ? machine : sample.value() < last.value ? last.time : last.begin;
        known.put(series, new Seen(begin, sample.value(), time));
        return begin;
    }
}
