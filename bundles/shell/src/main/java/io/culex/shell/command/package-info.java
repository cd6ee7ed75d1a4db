// SPDX-License-Identifier: Apache-2.0
/** The commands, one class each, and what they have in common. */
@NullMarked
package io.culex.shell.command;

import org.jspecify.annotations.NullMarked;
