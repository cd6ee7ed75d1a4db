// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a connection may be still. */
class StayTest {
    /** A network that takes as much as it is told to. */
    private static final class Slow extends EmbeddedChannel {
        private int takes;

        Slow() {
            super(new Stay());
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer in) {
            in.removeBytes(takes);
        }

        void pass(int seconds) {
            for (int i = 0; i < seconds; i++) {
                advanceTimeBy(1, TimeUnit.SECONDS);
                runScheduledPendingTasks();
            }
        }
    }

    @Test
    void anAnswerMayTakeAsLongAsSomeOfItIsTaken() {
        Slow channel = new Slow();
        channel.writeOneOutbound(Unpooled.wrappedBuffer(new byte[1000]));
        channel.takes = 1;
        for (int i = 0; i < 20; i++) {
            channel.flushOutbound();
            channel.pass(15);
            assertTrue(channel.isOpen());
        }
        channel.pass(24);
        assertFalse(channel.isOpen());
    }

    @Test
    void whoTakesNothingOfAnAnswerHasTwiceTheTime() {
        Slow channel = new Slow();
        channel.writeOneOutbound(Unpooled.wrappedBuffer(new byte[1000]));
        channel.flushOutbound();
        channel.pass(39);
        assertTrue(channel.isOpen());
        channel.pass(1);
        assertFalse(channel.isOpen());
    }

    @Test
    void whoAsksNothingHasThatTimeAlone() {
        Slow channel = new Slow();
        channel.pass(19);
        assertTrue(channel.isOpen());
        channel.pass(1);
        assertFalse(channel.isOpen());
    }
}
