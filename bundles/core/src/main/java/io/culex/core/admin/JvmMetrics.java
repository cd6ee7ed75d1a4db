// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import static io.culex.api.metrics.MetricType.COUNTER;
import static io.culex.api.metrics.MetricType.GAUGE;

import io.culex.api.metrics.Metric;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** The Java machine. Nothing of it is looked up before somebody reads it: a start must not pay for it. Any thread. */
final class JvmMetrics {
    private static final double MILLIS_PER_SECOND = 1000;

    private JvmMetrics() {}

    static List<Metric> all() {
        return List.of(
                memory("jvm_memory_used_bytes", "Bytes in use.", MemoryUsage::getUsed),
                memory("jvm_memory_committed_bytes", "Bytes taken from the machine.", MemoryUsage::getCommitted),
                memory("jvm_memory_max_bytes", "Bytes that may be taken; -1 without a limit.", MemoryUsage::getMax),
                new Metric(
                        "jvm_buffer_pool_used_bytes",
                        GAUGE,
                        "Bytes outside of the heap, by pool.",
                        List.of("pool"),
                        samples -> ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
                                .forEach(pool -> samples.add(pool.getMemoryUsed(), pool.getName()))),
                collector("jvm_gc_collections", "Garbage collections.", GarbageCollectorMXBean::getCollectionCount),
                collector(
                        "jvm_gc_collection_seconds",
                        "Time that garbage collections took.",
                        gc -> gc.getCollectionTime() / MILLIS_PER_SECOND),
                single("jvm_threads_current", "Threads.", () -> ManagementFactory.getThreadMXBean()
                        .getThreadCount()),
                single("jvm_classes_currently_loaded", "Classes.", () -> ManagementFactory.getClassLoadingMXBean()
                        .getLoadedClassCount()));
    }

    private static Metric single(String name, String help, DoubleSupplier value) {
        return Metric.single(name, GAUGE, help, value);
    }

    private static Metric memory(String name, String help, ToDoubleFunction<MemoryUsage> value) {
        return new Metric(name, GAUGE, help, List.of("area"), samples -> {
            var memory = ManagementFactory.getMemoryMXBean();
            samples.add(value.applyAsDouble(memory.getHeapMemoryUsage()), "heap");
            samples.add(value.applyAsDouble(memory.getNonHeapMemoryUsage()), "nonheap");
        });
    }

    private static Metric collector(String name, String help, ToDoubleFunction<GarbageCollectorMXBean> value) {
        return new Metric(name, COUNTER, help, List.of("gc"), samples -> ManagementFactory.getGarbageCollectorMXBeans()
                .forEach(gc -> samples.add(value.applyAsDouble(gc), gc.getName())));
    }
}
