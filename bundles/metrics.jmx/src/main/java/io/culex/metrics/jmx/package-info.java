// SPDX-License-Identifier: Apache-2.0
/** Metrics and operations as MBeans. */
@Header(name = "Culex-Features", value = "culex-metrics-jmx")
@NullMarked
package io.culex.metrics.jmx;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
