// SPDX-License-Identifier: Apache-2.0
/** Requests to the broker over {@code $CONTROL} topics. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.api.control;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
