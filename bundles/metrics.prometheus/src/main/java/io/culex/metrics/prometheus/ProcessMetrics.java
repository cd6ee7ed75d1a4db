// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import static io.culex.api.metrics.MetricType.COUNTER;
import static io.culex.api.metrics.MetricType.GAUGE;

import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** The process, under the names that every Prometheus client uses; what the machine does not tell is left out. */
final class ProcessMetrics implements MetricsSource {
    private static final double MILLIS_PER_SECOND = 1000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Metric> metrics;

    ProcessMetrics(ProcFiles files) {
        metrics = List.of(
                metric(
                        "process_max_fds",
                        GAUGE,
                        "Maximum number of allowed open file descriptors (including network sockets).",
                        () -> files.limit("Max open files")),
                metric(
                        "process_virtual_memory_max_bytes",
                        GAUGE,
                        "Maximum amount of virtual memory available in bytes.",
                        () -> files.limit("Max address space")),
                metric(
                        "process_cpu_seconds_total",
                        COUNTER,
                        "Total user and system CPU time spent in seconds.",
                        ProcessMetrics::cpuSeconds),
                metric("process_virtual_memory_bytes", GAUGE, "Virtual memory size in bytes.", files::virtualBytes),
                metric("process_resident_memory_bytes", GAUGE, "Resident memory size in bytes.", files::residentBytes),
                metric(
                        "process_start_time_seconds",
                        GAUGE,
                        "Start time of the process since unix epoch in seconds.",
                        () -> OptionalDouble.of(
                                ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND)),
                metric(
                        "process_open_fds",
                        GAUGE,
                        "Number of open file descriptors (including network sockets).",
                        files::openFiles));
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }

    private static OptionalDouble cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .map(nanos -> OptionalDouble.of(nanos / NANOS_PER_SECOND))
                .orElse(OptionalDouble.empty());
    }

    private static Metric metric(String name, MetricType type, String help, Supplier<OptionalDouble> value) {
        return new Metric(name, type, help, List.of(), samples -> value.get().ifPresent(number -> samples.add(number)));
    }
}
