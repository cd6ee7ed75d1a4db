// SPDX-License-Identifier: Apache-2.0
/** Logins decided by a realm of JAAS, such as Karaf's. */
@Header(name = "Culex-Features", value = "culex-auth-jaas")
@NullMarked
package io.culex.auth.jaas;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
