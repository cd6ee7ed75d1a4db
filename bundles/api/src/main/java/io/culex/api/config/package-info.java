// SPDX-License-Identifier: Apache-2.0
/** One consistent state of the configuration, and who takes it. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.api.config;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
