// SPDX-License-Identifier: Apache-2.0
/** The PROXY protocol in front of everything else: for whom a proxy opened a connection. */
@Header(name = "Culex-Features", value = "culex-transport-proxy")
@NullMarked
package io.culex.transport.proxy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
