// SPDX-License-Identifier: Apache-2.0
/** Listening sockets and the connections they accept. */
@NullMarked
package io.culex.transport.listen;

import org.jspecify.annotations.NullMarked;
