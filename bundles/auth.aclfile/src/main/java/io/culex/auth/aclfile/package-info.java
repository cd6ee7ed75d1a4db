// SPDX-License-Identifier: Apache-2.0
/** Permissions from Mosquitto's ACL files (SPEC C). */
@Header(name = "Culex-Features", value = "culex-auth-aclfile")
@NullMarked
package io.culex.auth.aclfile;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
