// SPDX-License-Identifier: Apache-2.0
/** The event loop of a bridge, and its time. */
@NullMarked
package io.culex.bridge.loop;

import org.jspecify.annotations.NullMarked;
