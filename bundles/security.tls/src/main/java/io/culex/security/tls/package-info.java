// SPDX-License-Identifier: Apache-2.0
/** Keys, certificates and revocation lists out of PEM files, and TLS contexts made of them. A library without state. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.security.tls;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
