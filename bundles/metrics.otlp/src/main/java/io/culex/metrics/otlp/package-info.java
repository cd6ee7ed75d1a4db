// SPDX-License-Identifier: Apache-2.0
/** The metrics of the broker and its plugins, sent by OTLP over HTTP. */
@Header(name = "Culex-Features", value = "culex-metrics-otlp")
@NullMarked
package io.culex.metrics.otlp;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
