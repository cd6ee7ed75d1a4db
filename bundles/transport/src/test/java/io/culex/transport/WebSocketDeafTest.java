// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that reads nothing of what it is sent. */
class WebSocketDeafTest {
    private static final int PINGS = 10_000;
    private static final int MOST = 128 * 1024;
    private static final byte[] CLOSE = {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0};

    private final Deaf channel = new Deaf();

    @AfterEach
    void close() {
        channel.deaf = false;
        channel.finishAndReleaseAll();
    }

    @Test
    void itsPingsDoNotFillTheMemoryAndTheLastIsAnswered() {
        for (int i = 0; i < PINGS; i++) {
            ping("%04d".formatted(i));
        }
        assertTrue(channel.pending() < MOST, () -> channel.pending() + " bytes");
        channel.hear();
        String last = "";
        int answers = 0;
        for (String pong = text(); pong != null; pong = text()) {
            last = pong;
            answers++;
        }
        assertTrue(answers < PINGS, answers + " answers");
        assertEquals("\u008a\u00049999", last);
        ping("more");
        assertEquals("\u008a\u0004more", text());
        assertNull(channel.readOutbound());
    }

    @Test
    void nothingFollowsTheGoodbye() {
        for (int i = 0; i < PINGS; i++) {
            ping("ping");
        }
        channel.pipeline().close();
        ping("late");
        channel.hear();
        String last = "";
        for (String each = text(); each != null; each = text()) {
            last = each;
        }
        assertEquals("\u0088\u0002\u0003\u00e8", last);
        assertFalse(channel.isOpen());
    }

    @Test
    void itIsClosedThoughItDoesNotTakeTheGoodbye() {
        ChannelFuture closed = channel.pipeline().close();
        pass(2);
        assertTrue(channel.isOpen());
        pass(8);
        assertFalse(channel.isOpen());
        assertTrue(closed.isDone());
    }

    @Test
    void itIsClosedThoughItDoesNotTakeTheAnswerToItsClose() {
        channel.writeInbound(Unpooled.copiedBuffer(CLOSE));
        pass(2);
        assertTrue(channel.isOpen());
        pass(8);
        assertFalse(channel.isOpen());
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }

    /** With a mask of zeros. */
    private void ping(String payload) {
        channel.writeInbound(Unpooled.buffer()
                .writeByte(0x89)
                .writeByte(0x80 | payload.length())
                .writeInt(0)
                .writeBytes(payload.getBytes(StandardCharsets.US_ASCII)));
    }

    private @Nullable String text() {
        ByteBuf part = channel.readOutbound();
        if (part == null) {
            return null;
        }
        String text = part.toString(StandardCharsets.ISO_8859_1);
        part.release();
        return text;
    }

    private static final class Deaf extends EmbeddedChannel {
        private boolean deaf = true;

        Deaf() {
            super(new WebSocketFrames());
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer waiting) throws Exception {
            if (!deaf) {
                super.doWrite(waiting);
            }
        }

        void hear() {
            deaf = false;
            flush();
        }

        long pending() {
            return unsafe().outboundBuffer().totalPendingWriteBytes();
        }
    }
}
