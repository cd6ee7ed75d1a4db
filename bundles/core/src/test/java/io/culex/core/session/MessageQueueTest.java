// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.core.route.Publication;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageQueueTest {
    private final MessageQueue queue = new MessageQueue();

    @Test
    void asksForNoMoreBytesThanItIsTold() {
        for (int i = 1; i <= 10; i++) {
            queue.addStored(i, 1_000, Outgoing.of(1, false, 0));
        }
        long first = queue.firstNumber();
        assertArrayEquals(new long[] {1, 2, 3}, queue.absentFrom(first, 512, 3_500));
        assertArrayEquals(new long[] {4}, queue.absentFrom(first + 3, 512, 10));
        assertArrayEquals(new long[] {1, 2}, queue.absentFrom(first, 2, 1 << 20));
    }

    @Test
    void firstInFirstOutWhateverItsLength() {
        Random random = new Random(2);
        Deque<Publication> expected = new ArrayDeque<>();
        long bytes = 0;
        for (int step = 0; step < 50_000; step++) {
            // Long stretches of growth and of decline.
            boolean grow = expected.isEmpty() || random.nextInt(10) < (step / 5_000 % 2 == 0 ? 7 : 3);
            if (grow) {
                Publication message = new Publication(
                        new byte[] {'t'}, Publication.NO_PROPERTIES, new byte[random.nextInt(5)], 1, false, 0, 0, null);
                queue.add(message, Outgoing.of(1, step % 2 == 0, 0));
                expected.add(message);
                bytes += message.payload().length;
            } else {
                assertSame(expected.peek(), queue.first());
                assertEquals(1, queue.firstOutgoing().qos());
                bytes -= expected.remove().payload().length;
                queue.removeFirst();
            }
            assertEquals(expected.size(), queue.size());
            assertEquals(bytes, queue.bytes());
            assertEquals(expected.isEmpty(), queue.isEmpty());
        }
        queue.clear();
        assertTrue(queue.isEmpty());
        assertEquals(0, queue.bytes());
    }
}
