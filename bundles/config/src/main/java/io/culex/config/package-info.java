// SPDX-License-Identifier: Apache-2.0
/**
 * From mosquitto.conf to what runs: settings out of the file, and generations of them taken whole or not at all. This package is the
 * component, with what ties it to the framework, the signal and the admin thread; the work is done in the packages below. Those that
 * need no OSGi (command line, file, plugin, settings) also serve the launcher, from a plain class path.
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
