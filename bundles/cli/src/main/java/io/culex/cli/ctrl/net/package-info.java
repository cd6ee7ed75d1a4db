// SPDX-License-Identifier: Apache-2.0
/** One connection to a broker, by blocking sockets: addresses, proxy, TLS, WebSocket, MQTT. */
@NullMarked
package io.culex.cli.ctrl.net;

import org.jspecify.annotations.NullMarked;
