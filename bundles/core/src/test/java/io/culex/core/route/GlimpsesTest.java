// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GlimpsesTest {
    private final Glimpses glimpses = new Glimpses();

    @Test
    void knowsATopicFromTheSecondTimeOn() {
        assertFalse(glimpses.isKnown(17));
        assertTrue(glimpses.isKnown(17));
        assertTrue(glimpses.isKnown(17));
        assertFalse(glimpses.isKnown(18));
    }

    @Test
    void tellsManyTopicsApartWhenTheyComeInTurn() {
        int known = 0;
        for (int round = 0; round < 3; round++) {
            known = 0;
            for (int topic = 1; topic <= 100_000; topic++) {
                known += glimpses.isKnown(
                                RouteCache.hash(Samples.utf8("sensors/" + topic), ("sensors/" + topic).length()))
                        ? 1
                        : 0;
            }
        }
        // Some share a place; the rest was remembered over a whole round.
        assertTrue(known > 60_000, known + " of 100,000");
    }
}
