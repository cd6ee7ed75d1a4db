// SPDX-License-Identifier: Apache-2.0
/** One event loop's share of the broker: timers, counters, mailboxes to the other loops, and what is done once per iteration. */
@NullMarked
package io.culex.core.loop;

import org.jspecify.annotations.NullMarked;
