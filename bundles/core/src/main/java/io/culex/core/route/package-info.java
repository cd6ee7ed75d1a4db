// SPDX-License-Identifier: Apache-2.0
/** From a topic to its receivers: the topic tree, the routes compiled from it, retained messages. */
@NullMarked
package io.culex.core.route;

import org.jspecify.annotations.NullMarked;
