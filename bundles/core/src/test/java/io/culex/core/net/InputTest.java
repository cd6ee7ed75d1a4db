// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.codec.PacketSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What a connection keeps of bytes that are no whole packet yet. */
class InputTest {
    private static final PacketSink NOBODY = (PacketSink) Proxy.newProxyInstance(
            PacketSink.class.getClassLoader(), new Class<?>[] {PacketSink.class}, (proxy, method, args) -> {
                throw new AssertionError(method);
            });

    private static final class Onward implements Input.Course {
        @Override
        public boolean mayRead(int type) {
            return true;
        }

        @Override
        public void hasRead() {
            throw new AssertionError("a packet");
        }

        @Override
        public void rests() {
            // Nothing is held for it.
        }

        @Override
        public boolean isOver() {
            return false;
        }
    }

    /** As a WebSocket hands over the payload of a frame. */
    @Test
    void aFewBytesInTheMiddleOfALargeBufferDoNotHoldIt() throws Exception {
        ByteBuf large = Unpooled.directBuffer(65_536).writeZero(65_536);
        large.setByte(100, 0x10);
        ByteBuf part = large.retainedSlice(100, 1);
        large.release();
        Input input = new Input(0);
        input.add(part, UnpooledByteBufAllocator.DEFAULT);
        input.read(NOBODY, new Onward(), UnpooledByteBufAllocator.DEFAULT);
        assertEquals(0, large.refCnt());
        assertTrue(input.holds());
        input.close();
    }
}
