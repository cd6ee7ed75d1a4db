// SPDX-License-Identifier: Apache-2.0
/** Certificates for tests, made while they run. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.testkit.pki;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
