// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import java.util.HashMap;
import java.util.Map;

/** The topics that have a number on one connection outward; first come, first served. On the loop. */
final class TopicAliases {
    private final int maximum;
    private final Map<String, Integer> known = new HashMap<>();

    TopicAliases(int maximum) {
        this.maximum = maximum;
    }

    /** The alias of a topic that the other end knows; 0: none. */
    int known(String topic) {
        return maximum == 0 ? 0 : known.getOrDefault(topic, 0);
    }

    /** Whether there is another one. */
    boolean hasRoom() {
        return known.size() < maximum;
    }

    /** The one that the next topic gets. */
    int next() {
        return known.size() + 1;
    }

    /** Gives it to a topic. */
    void give(String topic) {
        known.put(topic, next());
    }
}
