// SPDX-License-Identifier: Apache-2.0
/** The metrics of the broker and its plugins, sent to InfluxDB (SPEC E.2, E.4). */
@Header(name = "Culex-Features", value = "culex-metrics-influxdb")
@NullMarked
package io.culex.metrics.influxdb;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
