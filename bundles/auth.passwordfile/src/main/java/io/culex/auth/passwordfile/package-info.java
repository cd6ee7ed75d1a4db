// SPDX-License-Identifier: Apache-2.0
/** Users and passwords from Mosquitto's password files (SPEC B). */
@Header(name = "Culex-Features", value = "culex-auth-passwordfile")
@NullMarked
package io.culex.auth.passwordfile;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
