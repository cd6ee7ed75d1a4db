// SPDX-License-Identifier: Apache-2.0
/** The broker as an endpoint of Camel's routes: {@code culex:topic/filter}. */
@NullMarked
package io.culex.gateway.camel;

import org.jspecify.annotations.NullMarked;
