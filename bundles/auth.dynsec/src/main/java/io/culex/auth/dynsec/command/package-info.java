// SPDX-License-Identifier: Apache-2.0
/**
 * The commands of dynamic security (SPEC D.4): requests as they come over {@code $CONTROL}, from a console or from the command
 * line tool that edits a file, carried out on a configuration. Pure: nothing is written and nobody is disconnected here.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.culex.auth.dynsec.command;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
