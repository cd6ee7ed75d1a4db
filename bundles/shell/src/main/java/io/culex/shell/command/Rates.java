// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import io.culex.api.admin.TopicSeen;
import io.culex.api.metrics.MetricsSource;
import io.culex.shell.print.Listing;
import io.culex.shell.print.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What moves in the broker, per second, between two looks. */
final class Rates {
    private static final double NANOS = 1e9;

    private final Readings readings;
    private final Map<String, Long> topics;
    private final long nanos;

    private Rates(Readings readings, Map<String, Long> topics, long nanos) {
        this.readings = readings;
        this.topics = topics;
        this.nanos = nanos;
    }

    /** The counts of this moment. */
    static Rates now(List<MetricsSource> sources, List<TopicSeen> seen, long nanos) {
        Map<String, Long> topics = new HashMap<>();
        seen.forEach(topic -> topics.put(topic.topic(), topic.count()));
        return new Rates(Readings.of(sources), topics, nanos);
    }

    double value(String metric) {
        return readings.value(metric);
    }

    /** How much a counter has grown per second since an earlier look. */
    long perSecond(String metric, Rates earlier) {
        return rate(readings.value(metric) - earlier.readings.value(metric), earlier);
    }

    /** The topics with the most messages per second since then, at most so many. */
    Listing busiest(Rates earlier, int most) {
        Listing listing = new Listing("topic", "per_second");
        topics.forEach((topic, count) -> {
            long rate = rate(count - earlier.topics.getOrDefault(topic, 0L), earlier);
            if (rate > 0) {
                listing.row(topic, rate);
            }
        });
        return listing.select(new Selection(null, "per_second", true, 0, most));
    }

    private long rate(double grown, Rates earlier) {
        return Math.round(grown * NANOS / Math.max(1, nanos - earlier.nanos));
    }
}
