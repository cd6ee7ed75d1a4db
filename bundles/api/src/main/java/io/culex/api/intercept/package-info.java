// SPDX-License-Identifier: Apache-2.0
/** Looking at, changing or dropping messages on their way in. */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.api.intercept;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
