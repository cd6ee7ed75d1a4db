// SPDX-License-Identifier: Apache-2.0
/**
 * The objects of dynamic security and their file (SPEC D.2): immutable values, strict reading, writing that replaces the file as a
 * whole. A library: nothing here holds a thread or an open file. The broker's plugin and the command line tool are built on it.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.auth.dynsec.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
