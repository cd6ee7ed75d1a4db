// SPDX-License-Identifier: Apache-2.0
/** Messages to events of EventAdmin, and events to messages. */
@Header(name = "Culex-Features", value = "culex-gateway-eventadmin")
@NullMarked
package io.culex.gateway.eventadmin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
