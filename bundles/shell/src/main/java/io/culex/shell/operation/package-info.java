// SPDX-License-Identifier: Apache-2.0
/** Operations of plugins as commands that come and go with them. */
@NullMarked
package io.culex.shell.operation;

import org.jspecify.annotations.NullMarked;
