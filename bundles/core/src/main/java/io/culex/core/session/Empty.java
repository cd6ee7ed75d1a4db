// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.core.route.Publication;
import org.jspecify.annotations.Nullable;

/** What a queue without a message is made of, shared by all: most sessions have nothing to send most of the time. */
final class Empty {
    static final @Nullable Publication[] MESSAGES = {};
    static final long[] LONGS = {};
    static final int[] INTS = {};
    static final byte[] BYTES = {};

    private Empty() {}
}
