// SPDX-License-Identifier: Apache-2.0
/** What the log holds now: where each record that is still needed stands. */
@NullMarked
package io.culex.store.log.index;

import org.jspecify.annotations.NullMarked;
