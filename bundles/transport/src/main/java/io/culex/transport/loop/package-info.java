// SPDX-License-Identifier: Apache-2.0
/** The event loops. */
@NullMarked
package io.culex.transport.loop;

import org.jspecify.annotations.NullMarked;
