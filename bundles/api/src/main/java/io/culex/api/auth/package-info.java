// SPDX-License-Identifier: Apache-2.0
/** Who may connect, and who may do what: the seam for access control plugins. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.api.auth;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
