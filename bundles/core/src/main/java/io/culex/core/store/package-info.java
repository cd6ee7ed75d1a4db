// SPDX-License-Identifier: Apache-2.0
/** The place of the store in the broker: found again at the start, exchanged under live clients. */
@NullMarked
package io.culex.core.store;

import org.jspecify.annotations.NullMarked;
