// SPDX-License-Identifier: Apache-2.0
package io.culex.api.metrics;

/** How a metric behaves over time. */
public enum MetricType {
    /** Only grows; starts at 0 with the broker. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** A distribution in buckets. */
    HISTOGRAM
}
