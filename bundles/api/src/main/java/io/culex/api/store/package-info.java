// SPDX-License-Identifier: Apache-2.0
/** Where sessions and retained messages are kept. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.api.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
