// SPDX-License-Identifier: Apache-2.0
/** The store: an append-only log of segments, and an index in memory. */
@NullMarked
package io.culex.store.log;

import org.jspecify.annotations.NullMarked;
