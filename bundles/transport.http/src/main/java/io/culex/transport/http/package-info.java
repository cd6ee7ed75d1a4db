// SPDX-License-Identifier: Apache-2.0
/** Listeners of the protocol {@code http_api}: what the broker says of itself over HTTP, and files for browsers (SPEC H.7). */
@Header(name = "Culex-Features", value = "culex-transport-http")
@NullMarked
package io.culex.transport.http;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
