// SPDX-License-Identifier: Apache-2.0
/** What an operator may see and do; shell, JMX and {@code $CONTROL} are faces of it. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.api.admin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
