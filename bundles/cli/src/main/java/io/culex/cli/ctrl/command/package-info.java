// SPDX-License-Identifier: Apache-2.0
/** The commands of the modules {@code dynsec} and {@code broker}: from words to a request, from an answer to lines. */
@NullMarked
package io.culex.cli.ctrl.command;

import org.jspecify.annotations.NullMarked;
