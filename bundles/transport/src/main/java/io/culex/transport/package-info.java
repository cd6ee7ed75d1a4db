// SPDX-License-Identifier: Apache-2.0
/**
 * How connections come in and go out: event loops, listeners, the stages in front of a protocol, and the protocols' endpoints.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.transport;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
