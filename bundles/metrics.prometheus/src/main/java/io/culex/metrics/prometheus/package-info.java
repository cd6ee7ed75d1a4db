// SPDX-License-Identifier: Apache-2.0
/** The metrics of the broker and its plugins, offered to Prometheus (SPEC E.2, E.3). */
@Header(name = "Culex-Features", value = "culex-metrics-prometheus")
@NullMarked
package io.culex.metrics.prometheus;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
