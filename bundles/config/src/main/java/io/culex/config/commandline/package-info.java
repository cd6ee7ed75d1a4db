// SPDX-License-Identifier: Apache-2.0
/** The command line of {@code bin/culex}. No OSGi: the launcher reads it too. */
@NullMarked
package io.culex.config.commandline;

import org.jspecify.annotations.NullMarked;
