// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.StoredMessage;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Counters;
import io.culex.core.route.Publication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowTest {
    private final Counters counters = new Counters();
    private final Window window = new Window(counters);

    private static Publication message(int bytes) {
        return new Publication(new byte[] {'t'}, Publication.NO_PROPERTIES, new byte[bytes], 1, false, 0, 0, null);
    }

    private List<Integer> inOrder() {
        List<Integer> ids = new ArrayList<>();
        window.inOrder(ids::add);
        return ids;
    }

    @Test
    void behavesLikeAMapInTheOrderOfItsEntries() {
        Random random = new Random(17);
        Map<Integer, Publication> expected = new LinkedHashMap<>();
        long bytes = 0;
        for (int step = 0; step < 60_000; step++) {
            if (expected.size() < 3 || (expected.size() < 900 && random.nextInt(100) < 52)) {
                Publication message = message(random.nextInt(10));
                int id = window.add(message, Outgoing.of(1 + id(expected) % 2, false, 0));
                assertTrue(id >= 1 && id <= 0xFFFF);
                assertEquals(null, expected.put(id, message), "given twice: " + id);
                bytes += message.payload().length;
            } else {
                List<Integer> ids = new ArrayList<>(expected.keySet());
                int id = ids.get(random.nextInt(ids.size()));
                assertSame(expected.get(id), window.message(id));
                window.remove(id);
                bytes -= expected.remove(id).payload().length;
                assertEquals(0, window.state(id));
            }
            assertEquals(expected.size(), window.size());
            assertEquals(bytes, window.bytes());
            if (step % 1_000 == 0) {
                assertEquals(new ArrayList<>(expected.keySet()), inOrder());
            }
        }
    }

    private void counts(long bytes) {
        assertEquals(bytes, counters.get(Counter.INFLIGHT_BYTES));
    }

    @Test
    void whatIsBeyondTheFirstBytesInFlightIsCounted() {
        int free = Window.UNCOUNTED_BYTES;
        Outgoing how = Outgoing.of(2, false, 0);
        int first = window.add(message(free), how);
        counts(0);
        int second = window.add(message(100), how);
        counts(100);
        window.remove(first);
        counts(0);
        int third = window.add(message(free + 1), how);
        counts(101);
        window.release(second);
        counts(1);
        window.remove(third);
        counts(0);
        window.recover(7_000, 5, how.packed(), false);
        counts(0);
        Publication found = Publication.of(
                new StoredMessage(5, new byte[] {'t'}, new byte[0], new byte[free + 7], 2, false, 0, null));
        window.fill(7_000, found);
        counts(7);
        window.clear();
        counts(0);
    }

    private static int id(Map<Integer, Publication> expected) {
        return expected.size();
    }

    @Test
    void goesRoundAt65535AndSkipsWhatIsInUse() {
        int first = window.add(message(1), Outgoing.of(1, false, 0));
        assertEquals(1, first);
        for (int i = 2; i <= 0xFFFF; i++) {
            int id = window.add(message(1), Outgoing.of(1, false, 0));
            window.remove(id);
        }
        int next = window.add(message(1), Outgoing.of(2, false, 0));
        assertTrue(next != first && next >= 1 && next <= 0xFFFF);
        assertEquals(List.of(first, next), inOrder());
        assertEquals(List.of(1, 2), List.of(window.qos(first), window.qos(next)));
    }

    @Test
    void holdsAllIdentifiersAtOnce() {
        for (int i = 0; i < 0xFFFF; i++) {
            window.add(message(0), Outgoing.of(1, false, 0));
        }
        assertEquals(0xFFFF, window.size());
        assertEquals(0xFFFF, inOrder().stream().distinct().count());
        window.remove(40_000);
        assertEquals(40_000, window.add(message(0), Outgoing.of(1, false, 0)));
    }

    @Test
    void aReleasedMessageIsLetGoButItsIdentifierIsNot() {
        int id = window.add(message(7), Outgoing.of(2, false, 0));
        assertEquals(Window.SENT, window.state(id));
        window.release(id);
        assertEquals(Window.RELEASED, window.state(id));
        assertEquals(List.of(1, 0L), List.of(window.size(), window.bytes()));
        window.release(id);
        window.remove(id);
        assertEquals(List.of(0, 0L), List.of(window.size(), window.bytes()));
    }

    @Test
    void identifiersThatWereNeverGivenAreNotInUse() {
        assertEquals(0, window.state(1));
        int id = window.add(message(1), Outgoing.of(1, false, 0));
        assertEquals(0, window.state(0));
        assertEquals(0, window.state(id + 16));
        window.clear();
        assertEquals(0, window.state(id));
        assertEquals(List.of(), inOrder());
        assertEquals(2, window.add(message(1), Outgoing.of(1, false, 0)));
    }
}
