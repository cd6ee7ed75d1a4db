// SPDX-License-Identifier: Apache-2.0
/** The broker in Karaf's console: commands of scope {@code mqtt}. */
@Header(name = "Culex-Features", value = "culex-shell")
@Header(name = "Karaf-Commands", value = "io.culex.shell.command,io.culex.shell.complete")
@NullMarked
package io.culex.shell;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
