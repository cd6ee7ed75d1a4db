// SPDX-License-Identifier: Apache-2.0
/** Values of MQTT that every bundle shares: topics, filters, reason codes, messages. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.api.message;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
