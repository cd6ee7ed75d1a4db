// SPDX-License-Identifier: Apache-2.0
/** Numbers that the broker and its plugins offer to exporters. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.api.metrics;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
