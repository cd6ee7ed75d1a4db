// SPDX-License-Identifier: Apache-2.0
/**
 * Password hashes in the formats of Mosquitto's password files (SPEC B.2), read, verified and written. Verifying and hashing are
 * slow on purpose and belong on no event loop: there is a pool for them, and a memory of what was right a moment ago.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.security.hash;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
