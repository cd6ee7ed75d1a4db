// SPDX-License-Identifier: Apache-2.0
/** Unix datagrams by Netty's native transport. */
@NullMarked
package io.culex.transport.unixgram;

import org.jspecify.annotations.NullMarked;
