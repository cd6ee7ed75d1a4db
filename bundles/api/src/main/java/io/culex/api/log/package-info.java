// SPDX-License-Identifier: Apache-2.0
/** The broker's log in the format and with the types of mosquitto.conf. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.api.log;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
