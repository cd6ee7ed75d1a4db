// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.store.MessageStore.State;
import io.culex.store.log.write.Statistics;
import io.culex.store.log.write.Statistics.Gauge;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** The numbers of a store. */
final class StoreMetrics {
    private static final double NANOS = 1e9;

    private StoreMetrics() {}

    static List<Metric> of(LogEngine store) {
        Statistics seen = store.statistics();
        return List.of(
                counter("store_records", "Records written to the store.", seen::records),
                counter("store_bytes", "Bytes written to the store.", seen::bytes),
                counter("store_commits", "Batches of records written to the store at once.", seen::commits),
                counter("store_commit_seconds", "Time spent on writing them.", () -> seen.nanos() / NANOS),
                counter("store_loads", "Messages read back from the store.", store::loadedCount),
                counter("store_corruptions", "Damaged or missing places found in the store.", store::corruptions),
                gauge("store_segments", "Files of the store.", seen, Gauge.SEGMENTS),
                gauge("store_disk_bytes", "Bytes that the store takes.", seen, Gauge.BYTES),
                gauge("store_live_bytes", "Bytes of the store that are still needed.", seen, Gauge.LIVE_BYTES),
                gauge("store_sessions", "Sessions in the store.", seen, Gauge.SESSIONS),
                gauge("store_messages", "Messages in the store that a session waits for.", seen, Gauge.MESSAGES),
                gauge("store_references", "Sessions that wait for messages, summed up.", seen, Gauge.REFERENCES),
                gauge("store_retained", "Retained messages in the store.", seen, Gauge.RETAINED),
                state(store));
    }

    private static Metric counter(String name, String help, DoubleSupplier value) {
        return Metric.single(name, MetricType.COUNTER, help, value);
    }

    private static Metric gauge(String name, String help, Statistics seen, Gauge gauge) {
        return Metric.single(name, MetricType.GAUGE, help, () -> seen.get(gauge));
    }

    private static Metric state(LogEngine store) {
        return new Metric(
                "store_state", MetricType.GAUGE, "1 for the state that the store is in.", List.of("state"), samples -> {
                    State now = store.state();
                    for (State state : State.values()) {
                        samples.add(state == now ? 1 : 0, state.name().toLowerCase(Locale.ROOT));
                    }
                });
    }
}
