// SPDX-License-Identifier: Apache-2.0
/** TLS in front of a protocol: contexts out of a listener's options, watched on disk. */
@Header(name = "Culex-Features", value = "culex-transport-tls")
@NullMarked
package io.culex.transport.tls;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
