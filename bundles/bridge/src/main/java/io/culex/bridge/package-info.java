// SPDX-License-Identifier: Apache-2.0
/** Bridges: connections of this broker to others, by the options of mosquitto.conf (SPEC F). */
@Header(name = "Culex-Features", value = "culex-bridge")
@NullMarked
package io.culex.bridge;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Header;
