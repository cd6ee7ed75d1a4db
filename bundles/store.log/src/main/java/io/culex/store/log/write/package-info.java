// SPDX-License-Identifier: Apache-2.0
/** From the event loops to the log: lanes, their common queue, and the thread that commits. */
@NullMarked
package io.culex.store.log.write;

import org.jspecify.annotations.NullMarked;
