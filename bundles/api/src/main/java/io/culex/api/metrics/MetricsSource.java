// SPDX-License-Identifier: Apache-2.0
package io.culex.api.metrics;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Offers metrics. A service: the metrics come and go with it. */
@ConsumerType
public interface MetricsSource {
    /** The metrics; the same list for as long as the service is registered. */
    List<Metric> metrics();
}
