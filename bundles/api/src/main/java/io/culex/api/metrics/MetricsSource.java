// SPDX-License-Identifier: Apache-2.0
package io.culex.api.metrics;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Offers metrics. A service: the metrics come and go with it. What is counted for every packet is counted without waiting for
 * another thread ({@link java.util.concurrent.atomic.LongAdder}, {@link Histogram}) and added up when it is read.
 */
@ConsumerType
public interface MetricsSource {
    /** The metrics; the same list for as long as the service is registered. */
    List<Metric> metrics();
}
