// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.Kept;
import io.culex.api.store.MessageStore;
import io.culex.api.store.StoreLane;
import io.culex.codec.PacketType;
import io.culex.core.loop.InlineLoops;
import io.culex.core.loop.Ledger;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputTest {
    private final InlineLoops loops = new InlineLoops(2);
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final List<String> done = new ArrayList<>();
    private final List<Kept> lanes = new ArrayList<>();

    @AfterEach
    void stop() {
        channel.finishAndReleaseAll();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(channel.pipeline().firstContext());
    }

    /** Keeps what the test says. */
    private MessageStore store() {
        return new MessageStore() {
            @Override
            public void recover(Recovery recovery) {}

            @Override
            public StoreLane lane(Kept kept) {
                lanes.add(kept);
                return (StoreLane) Proxy.newProxyInstance(
                        StoreLane.class.getClassLoader(), new Class<?>[] {StoreLane.class}, (a, b, c) -> null);
            }

            @Override
            public State state() {
                return State.READY;
            }

            @Override
            public void sync() {}
        };
    }

    private void write(Output output, PacketType type, int count, int bytes) {
        for (int i = 0; i < count; i++) {
            output.packet(type).writeZero(bytes);
        }
        loops.run();
    }

    @Test
    void whatWaitsForTheStoreCountsAsNotTaken() {
        Ledger ledger = loops.get(0).ledger();
        ledger.open(store());
        List<Output> made = new ArrayList<>();
        Output output = new Output(
                context(), loops.get(0), () -> done.add("flushed " + made.get(0).stalledPackets()));
        made.add(output);
        ledger.give().inboundDone(1, 1);
        output.hold();
        write(output, PacketType.PUBLISH, 10, 1_000);
        assertEquals(0, output.stalledPackets());
        write(output, PacketType.PUBLISH, 300, 1_000);
        assertEquals(310, output.stalledPackets());
        assertEquals(310_000, output.stalledBytes());
        output.packet(PacketType.PUBLISH).writeZero(1_000);
        lanes.get(0).kept(1);
        loops.run();
        assertEquals(List.of("flushed 301", "flushed 0", "flushed 0"), done);
        assertEquals(0, output.stalledBytes());
    }

    @Test
    void answersThatWaitForTheStoreAreNotAskedForWithoutEnd() {
        Ledger ledger = loops.get(0).ledger();
        ledger.open(store());
        Output output = new Output(context(), loops.get(0), () -> {});
        ledger.give().inboundDone(1, 1);
        output.hold();
        write(output, PacketType.PUBLISH, 100_000, 1);
        write(output, PacketType.PUBACK, Output.MOST_ANSWERS, 1);
        assertFalse(output.isClogged());
        output.packet(PacketType.SUBACK, 1);
        assertTrue(output.isClogged());
        lanes.get(0).kept(1);
        loops.run();
        assertFalse(output.isClogged());
    }

    @Test
    void whatWasPublishedIsHandedOverBeforeTheClose() {
        Output output = new Output(context(), loops.get(0), () -> {});
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
