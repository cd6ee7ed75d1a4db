// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.culex.core.loop.InlineLoops;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputTest {
    private final InlineLoops loops = new InlineLoops(2);
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void stop() {
        channel.finishAndReleaseAll();
    }

    @Test
    void whatWasPublishedIsHandedOverBeforeTheClose() {
        ChannelHandlerContext context = channel.pipeline().firstContext();
        assertNotNull(context);
        Output output = new Output(context, loops.get(0), () -> {});
        loops.get(0).handOver(loops.get(1), receivers -> done.add("delivered"), "x");
        output.flushLast(() -> {
            // The client that is told may be back on the other loop before this one comes to its end.
            loops.iterate(1);
            done.add("closed");
        });
        loops.run();
        assertEquals(List.of("delivered", "closed"), done);
    }
}
