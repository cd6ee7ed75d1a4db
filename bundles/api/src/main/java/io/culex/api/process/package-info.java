// SPDX-License-Identifier: Apache-2.0
/** What the machine around the broker's process offers and the JDK does not reach. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.api.process;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
