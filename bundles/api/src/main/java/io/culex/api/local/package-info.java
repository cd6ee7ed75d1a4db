// SPDX-License-Identifier: Apache-2.0
/** Sessions whose link is not a socket. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.api.local;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
