// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.otlp;

import io.culex.api.metrics.Family;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * When each counter began. All were 0 when the Java machine started, which every exporter is told alike: a collector takes another
 * start for a reset, so an exporter that follows another must not tell a different one, as it would if it reckoned by the whole seconds
 * of {@code uptime}. A counter that has fallen, because what counts was exchanged, began with the last reading before that. So that
 * this is known to the next exporter of the same name too, whose own counters fall when it begins, it is kept here. Any thread.
 */
@Component(service = Beginnings.class)
public final class Beginnings {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long machine;
    private final Map<Series, Seen> known = new HashMap<>();

    private record Series(String exporter, String name, List<String> labels) {}

    private record Seen(long begin, double value, long time) {}

    /** Nothing has been read yet. */
    @Activate
    public Beginnings() {
        this(Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
    }

    Beginnings(Instant machine) {
        this.machine = nanos(machine);
    }

    static long nanos(Instant time) {
        return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
    }

    /** When the counter began that the exporter has read then; never later than that, also when the clock was set back. */
    synchronized long of(String exporter, Family family, Family.Sample sample, long time) {
        Series series = new Series(exporter, family.exportName(), sample.labelValues());
        Seen last = known.get(series);
        long begin = last == null ? machine : sample.value() < last.value ? last.time : last.begin;
        long told = Math.min(begin, time);
        known.put(series, new Seen(told, sample.value(), time));
        return told;
    }
}
