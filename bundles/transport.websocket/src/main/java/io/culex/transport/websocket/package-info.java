// SPDX-License-Identifier: Apache-2.0
/** WebSocket in front of MQTT: the request that opens it, and files for browsers. */
@Header(name = "Culex-Features", value = "culex-transport-websocket")
@NullMarked
package io.culex.transport.websocket;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
