// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicHashTest {
    private static final int PLACES = 1 << 12;

    @ParameterizedTest
    @ValueSource(strings = {"%06d", "sensor-%d", "%x", "0x%016x", "plant/line/%05d/temperature"})
    void namesThatAreCountedThroughAreNoNeighbours(String pattern) {
        assertSpread(pattern, name -> TopicNode.slot(TopicHash.of(name), PLACES - 1));
        assertSpread(pattern, name -> TopicHash.of(name) & (PLACES - 1));
        assertSpread(pattern, name -> ofBytes(name) >>> 20);
        assertSpread(pattern, name -> ofBytes(name) & (PLACES - 1));
    }

    private static void assertSpread(String pattern, ToIntFunction<String> place) {
        BitSet taken = new BitSet(PLACES);
        for (int i = 0; i < PLACES / 2; i++) {
            taken.set(place.applyAsInt(String.format(pattern, i)));
        }
        // Thrown at random, 1,612 places are taken, give or take 20, and 12 in a row are rare.
        assertTrue(taken.cardinality() > 1_450, taken.cardinality() + " places");
        int longest = 0;
        for (int from = taken.nextSetBit(0); from >= 0; from = taken.nextSetBit(taken.nextClearBit(from))) {
            longest = Math.max(longest, taken.nextClearBit(from) - from);
        }
        assertTrue(longest < 40, longest + " in a row");
    }

    @Test
    void namesThatStringTakesForTheSameAreApart() {
        Set<Integer> levels = new HashSet<>();
        Set<Integer> topics = new HashSet<>();
        for (int i = 0; i < 256; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 8; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            levels.add(TopicHash.of(name.toString()));
            topics.add(ofBytes(name.toString()));
        }
        assertTrue(levels.size() > 250, levels.size() + " of 256");
        assertTrue(topics.size() > 250, topics.size() + " of 256");
    }

    @Test
    void aTopicIsWhatStandsInItsBytesAndNothingBehind() {
        byte[] longer = Samples.utf8("plant/line/7/temperature and more");
        for (int length = 0; length < 24; length++) {
            assertEquals(TopicHash.of(Arrays.copyOf(longer, length), length), TopicHash.of(longer, length));
        }
        assertNotEquals(TopicHash.of(new byte[3], 3), TopicHash.of(new byte[4], 4));
    }

    private static int ofBytes(String topic) {
        byte[] bytes = Samples.utf8(topic);
        return TopicHash.of(bytes, bytes.length);
    }
}
