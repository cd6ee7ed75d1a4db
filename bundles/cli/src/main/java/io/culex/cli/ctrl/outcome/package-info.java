// SPDX-License-Identifier: Apache-2.0
/** How a run ends. */
@NullMarked
package io.culex.cli.ctrl.outcome;

import org.jspecify.annotations.NullMarked;
