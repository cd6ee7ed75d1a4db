// SPDX-License-Identifier: Apache-2.0
/** What the command line, the options file and URLs say. */
@NullMarked
package io.culex.cli.ctrl.option;

import org.jspecify.annotations.NullMarked;
