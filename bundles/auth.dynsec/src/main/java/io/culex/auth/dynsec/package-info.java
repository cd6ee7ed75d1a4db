// SPDX-License-Identifier: Apache-2.0
/** Dynamic security (SPEC D): clients, groups and roles of one file, changed while the broker runs. */
@Header(name = "Culex-Features", value = "culex-auth-dynsec")
@NullMarked
package io.culex.auth.dynsec;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
