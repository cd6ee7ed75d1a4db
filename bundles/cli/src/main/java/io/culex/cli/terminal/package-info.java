// SPDX-License-Identifier: Apache-2.0
/** Asks a person at a terminal. */
@NullMarked
package io.culex.cli.terminal;

import org.jspecify.annotations.NullMarked;
