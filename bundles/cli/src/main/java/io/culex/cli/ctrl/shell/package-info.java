// SPDX-License-Identifier: Apache-2.0
/** The shell in which a person types commands. */
@NullMarked
package io.culex.cli.ctrl.shell;

import org.jspecify.annotations.NullMarked;
