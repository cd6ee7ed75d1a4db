// SPDX-License-Identifier: Apache-2.0
/** One connection to another broker, from CONNECT to its end. */
@NullMarked
package io.culex.bridge.link;

import org.jspecify.annotations.NullMarked;
