// SPDX-License-Identifier: Apache-2.0
/**
 * From mosquitto.conf to what runs: settings out of the file, and generations of them taken whole or not at all. The
 * classes that need no OSGi also serve the launcher, from a plain class path.
 */
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>=\"io.culex.api.config.Running\"")
@Header(name = "Culex-Features", value = "culex-plugin-jars")
@NullMarked
package io.culex.config;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Header;
