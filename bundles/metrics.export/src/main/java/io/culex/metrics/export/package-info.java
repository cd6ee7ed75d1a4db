// SPDX-License-Identifier: Apache-2.0
/** What exporters of metrics share: their options, and sending to a server that may be away. A library. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.metrics.export;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
