// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GlimpsesTest {
    private static final int TOPICS = 100_000;

    private final Glimpses glimpses = new Glimpses();

    @Test
    void knowsATopicFromTheSecondTimeOn() {
        assertFalse(glimpses.isKnown(17));
        assertTrue(glimpses.isKnown(17));
        assertTrue(glimpses.isKnown(17));
        assertFalse(glimpses.isKnown(18));
    }

    @Test
    void manyTopicsThatComeInTurnAreAllKnownAfterAFewRounds() {
        boolean[] kept = new boolean[TOPICS];
        int count = 0;
        for (int round = 0; round < 12; round++) {
            for (int topic = 0; topic < TOPICS; topic++) {
                String name = "sensors/" + topic;
                if (!kept[topic] && glimpses.isKnown(TopicHash.of(Samples.utf8(name), name.length()))) {
                    kept[topic] = true;
                    count++;
                }
            }
        }
        assertTrue(count > TOPICS * 0.95, count + " of 100,000");
    }

    @Test
    void hardlyTakesOneTopicForAnother() {
        int taken = 0;
        for (int topic = 0; topic < TOPICS; topic++) {
            String name = "once/" + topic;
            taken += glimpses.isKnown(TopicHash.of(Samples.utf8(name), name.length())) ? 1 : 0;
        }
        assertTrue(taken < TOPICS * 0.02, taken + " of 100,000");
    }
}
