// SPDX-License-Identifier: Apache-2.0
/** The store: an append-only log of segments, and an index in memory. */
@Header(name = "Culex-Features", value = "culex-store-log")
@NullMarked
package io.culex.store.log;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
