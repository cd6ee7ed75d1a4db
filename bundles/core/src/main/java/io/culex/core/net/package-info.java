// SPDX-License-Identifier: Apache-2.0
/** One MQTT connection on a Netty channel. */
@NullMarked
package io.culex.core.net;

import org.jspecify.annotations.NullMarked;
