// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.takeover;

import io.culex.testkit.Publish;
import org.junit.jupiter.api.Assertions;

/** Judges the order of what several publishers sent as {@code publisher:number}, across connections of one session. */
final class Sequences {
    private final int[] next;

    Sequences(int publishers) {
        next = new int[publishers];
    }

    /** A message is the next of its publisher, or one that is sent again and says so. */
    void note(Publish publish) {
        String[] part = publish.text().split(":");
        int publisher = Integer.parseInt(part[0]);
        int number = Integer.parseInt(part[1]);
        if (number < next[publisher]) {
            Assertions.assertTrue(publish.dup(), "without DUP again: " + publish);
            return;
        }
        Assertions.assertEquals(next[publisher], number, "of publisher " + publisher);
        next[publisher]++;
    }

    boolean complete(int each) {
        for (int count : next) {
            if (count < each) {
                return false;
            }
        }
        return true;
    }
}
