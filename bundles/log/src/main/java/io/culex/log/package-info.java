// SPDX-License-Identifier: Apache-2.0
/** The broker's log: Mosquitto's lines, types and destinations, written by one thread beside the event loops. */
@NullMarked
package io.culex.log;

import org.jspecify.annotations.NullMarked;
