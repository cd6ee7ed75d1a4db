// SPDX-License-Identifier: Apache-2.0
/** Moving in from Mosquitto: its database of sessions and retained messages. */
@NullMarked
package io.culex.store.log.mosquitto;

import org.jspecify.annotations.NullMarked;
