// SPDX-License-Identifier: Apache-2.0
/**
 * Files that decide about access: read whole, checked, and taken whole or not at all; watched on request. A library for the
 * plugins, and the stage of listeners, that have such a file.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.security.file;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
