// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.route.Publication;
import org.jspecify.annotations.Nullable;

/**
 * A message that a session has not acknowledged when it ends.
 *
 * @param stored its id in the store; 0: it is not there
 * @param how how it was to go out
 * @param length of its payload
 * @param message null when only the store has it
 */
record Left(long stored, Outgoing how, int length, @Nullable Publication message) {}
