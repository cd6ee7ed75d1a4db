// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** The bytes that were received and not read as packets yet. On the loop. */
final class Input {
    private @Nullable ByteBuf pending;

    /** Takes over what was received. */
    void add(ByteBuf received, ByteBufAllocator allocator) {
        ByteBuf before = pending;
        if (before == null) {
            pending = received;
            return;
        }
        int more = received.readableBytes();
        ByteBuf to = before;
        if (before.writableBytes() < more) {
            to = allocator.buffer(2 * (before.readableBytes() + more));
            to.writeBytes(before);
            before.release();
        }
        to.writeBytes(received);
        received.release();
        pending = to;
    }

    /** What is there; null: nothing. */
    @Nullable
    ByteBuf bytes() {
        return pending;
    }

    /** Lets go of what is read. */
    void tidy() {
        ByteBuf now = pending;
        if (now != null && !now.isReadable()) {
            close();
        }
    }

    void close() {
        ByteBuf now = pending;
        if (now != null) {
            pending = null;
            now.release();
        }
    }
}
