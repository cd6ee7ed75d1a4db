// SPDX-License-Identifier: Apache-2.0
/** Connections outward. */
@NullMarked
package io.culex.transport.dial;

import org.jspecify.annotations.NullMarked;
