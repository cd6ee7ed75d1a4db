// SPDX-License-Identifier: Apache-2.0
/** The commands that work on a file of dynamic security while no broker does. */
@NullMarked
package io.culex.cli.ctrl.file;

import org.jspecify.annotations.NullMarked;
