// SPDX-License-Identifier: Apache-2.0
/**
 * Packets of MQTT 3.1, 3.1.1 and 5.0 to and from bytes. Nothing here blocks, keeps a buffer or holds a thread; every
 * instance belongs to one connection and is used by one thread at a time.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.codec;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
