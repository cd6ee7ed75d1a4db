// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.core.loop.Counter;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import io.culex.testkit.WireError;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.util.ResourceLeakDetector;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BuffersTest {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final Hall hall = new Hall(allocator);

    @AfterEach
    void stop() {
        hall.close();
    }

    private long used() {
        return allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
    }

    private void awaitNothingUsed() {
        Await.until("no buffer in use", () -> used() == 0);
    }

    @Test
    void anIdleConnectionHoldsNoBuffer() {
        WireClient client = hall.connect("client");
        client.subscribe("t", 1);
        for (int i = 0; i < 10; i++) {
            client.publish("t", "x".repeat(i * 1_000), 1);
            client.acknowledge(client.expectPublish());
        }
        client.expectNothing();
        awaitNothingUsed();
    }

    @Test
    void aFewBytesOfAPacketHoldLittle() {
        for (int i = 0; i < 10; i++) {
            WireClient client = hall.connect("client" + i);
            // The head of a PUBLISH of 1.5 MB, and then silence.
            client.sendRaw(0x30, 0xE0, 0xC6, 0x5B, 0, 1, 't');
        }
        Await.until("the bytes to arrive", () -> used() > 0);
        assertTrue(used() < 10 * 4_096, used() + " bytes for 10 connections");
    }

    @Test
    void largeMessagesAreDroppedForWhoDoesNotReadAndThePublisherStays() {
        WireClient slow = hall.connect("slow");
        slow.subscribe("t", 0);
        WireClient publisher = hall.connect("publisher");
        String large = "x".repeat(1_000_000);
        for (int i = 0; i < 250; i++) {
            publisher.send(Publish.to("t", large));
        }
        publisher.expectNothing();
        hall.broker.settle();
        assertTrue(hall.session("slow").isCongested());
        assertTrue(hall.services().loops().sum(Counter.PUBLISH_DROPPED) > 0);
        // What one iteration gives to a channel that takes it, and as much behind that: more where the loop had to wait
        // for its turn.
        assertTrue(used() < 128 << 20, used() + " bytes in buffers");
        long queued = hall.session("slow").outbox().queuedBytes();
        assertTrue(queued < 18 << 20, queued + " bytes in the queue");
        assertEquals(large, slow.expectPublish().text());
    }

    @Test
    void aMessageThatIsLargerThanWhatMayWaitReachesWhoReads() {
        hall.take(Hall.limits(20, 1_000, 0));
        WireClient receiver = hall.connect("receiver");
        receiver.subscribe("t", 0);
        WireClient publisher = hall.connect("publisher");
        String large = "x".repeat(20_000_000);
        for (int i = 0; i < 3; i++) {
            publisher.send(Publish.to("t", large));
            assertEquals(large, receiver.expectPublish().text());
        }
        assertEquals(0, hall.services().loops().sum(Counter.PUBLISH_DROPPED));
    }

    @Test
    void connectionsThatEndAnyHowLeaveNothing() {
        for (int i = 0; i < 4; i++) {
            WireClient whole = hall.connect("whole");
            whole.send(Publish.to("t", "x"));
            whole.disconnect();
            WireClient half = hall.connect("half");
            half.sendRaw(0x30, 0xE0, 0xC6, 0x5B, 0, 1, 't');
            half.reset();
            WireClient wrong = hall.connect("wrong");
            wrong.sendRaw(0x30, 2, 0, 5, 'x', 'y', 'z');
            wrong.expectEnd();
            WireClient early = hall.open(ProtocolVersion.V5);
            early.sendRaw(0x10);
            early.close();
            WireClient taken = hall.connect("taken");
            taken.sendRaw(0x30, 100);
            hall.connect("taken").close();
            WireClient deaf = hall.connect("deaf" + i);
            deaf.subscribe("t", 0);
            for (int k = 0; k < 300; k++) {
                deaf.send(Publish.to("t", "x".repeat(20_000)));
            }
            deaf.reset();
            WireClient refused = hall.open(ProtocolVersion.V311);
            refused.send(Connect.as("").resume(), Publish.to("t", "behind it"));
            refused.expectEnd();
        }
        hall.awaitSessions(0);
        awaitNothingUsed();
    }

    @Test
    void nettyHasSeenNoLeak() throws ReflectiveOperationException {
        List<String> leaks = new CopyOnWriteArrayList<>();
        Field field = Class.forName("io.netty.buffer.AbstractByteBuf").getDeclaredField("leakDetector");
        field.setAccessible(true);
        ResourceLeakDetector<?> detector = (ResourceLeakDetector<?>) field.get(null);
        assertEquals(ResourceLeakDetector.Level.PARANOID, ResourceLeakDetector.getLevel());
        // What the end of another test's loops has cut off is not of this broker.
        lookForLeaks();
        detector.setLeakListener((type, records) -> leaks.add(records));
        try {
            WireClient client = hall.connect("client");
            client.subscribe("t", 2);
            for (int i = 0; i < 50; i++) {
                client.publish("t", "x".repeat(500), i % 3);
                client.acknowledge(client.expectPublish());
            }
            client.reset();
            hall.awaitSessions(0);
            Await.until("no buffer in use", () -> used() == 0);
            lookForLeaks();
            assertEquals(List.of(), leaks);
        } finally {
            detector.setLeakListener(null);
        }
    }

    /** Every allocation looks for leaks that the collector has found. */
    private static void lookForLeaks() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            ByteBuf probe = ByteBufAllocator.DEFAULT.directBuffer(16);
            probe.release();
        }
    }

    /** Has no memory for a buffer of more than a million bytes, in which a large one is begun. */
    private static final class Small extends AbstractByteBufAllocator {
        private static final int MOST = 1_000_000;

        Small() {
            super(true);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            return new UnpooledDirectByteBuf(this, initialCapacity, maxCapacity) {
                @Override
                public ByteBuf capacity(int newCapacity) {
                    if (newCapacity > MOST) {
                        throw new OutOfMemoryError("as if");
                    }
                    return super.capacity(newCapacity);
                }
            };
        }
    }

    @Test
    void whereThereIsNoMemoryForAWholePacketNothingOfItIsSent() {
        try (Hall narrow = new Hall(new Small())) {
            WireClient slow = narrow.connect("slow");
            slow.subscribe("t", 0);
            WireClient publisher = narrow.connect("publisher");
            String large = "x".repeat(100_000);
            publisher.send(Publish.to("t", large));
            slow.expectPublish(large);
            for (int i = 0; i < 200; i++) {
                publisher.send(Publish.to("t", large));
            }
            publisher.publish("u", "goes on", 1);
            narrow.awaitSessions(1);
            expectWholeOnes(slow, large);
        }
    }

    /** Reads to the end of the connection; what does not end whole must not look as if it did. */
    private static void expectWholeOnes(WireClient client, String payload) {
        for (String text = next(client); !text.isEmpty(); text = next(client)) {
            assertEquals(payload, text);
        }
    }

    private static String next(WireClient client) {
        try {
            return client.expectPublish().text();
        } catch (WireError end) {
            return ""; // be it in the middle of a packet: what there is of that is what there should be
        }
    }
}
