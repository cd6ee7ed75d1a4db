// SPDX-License-Identifier: Apache-2.0
/** Sessions whose link is not a socket. */
@NullMarked
package io.culex.core.local;

import org.jspecify.annotations.NullMarked;
