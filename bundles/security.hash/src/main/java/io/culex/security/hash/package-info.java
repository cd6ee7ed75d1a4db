// SPDX-License-Identifier: Apache-2.0
/**
 * Password hashes in the formats of Mosquitto's password files (SPEC B.2), read, verified and written. A library: nothing here
 * holds a thread or a file. Verifying and hashing are slow on purpose and belong on no event loop.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.security.hash;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
