// SPDX-License-Identifier: Apache-2.0
/** What mosquitto.conf says of a bridge, read and checked. */
@NullMarked
package io.culex.bridge.settings;

import org.jspecify.annotations.NullMarked;
