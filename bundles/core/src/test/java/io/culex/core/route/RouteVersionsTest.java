// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.TopicFilter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RouteVersionsTest {
    private final RouteVersions versions = new RouteVersions();

    private long version(String topic) {
        RouteVersions.Slots slots = versions.slots(topic);
        return versions.version(slots.first(), slots.second());
    }

    @Test
    void everyChangeOfAFilterMovesTheTopicsThatItMatches() {
        Random random = new Random(5);
        int matched = 0;
        for (int i = 0; i < 50_000; i++) {
            String filter = Samples.filter(random);
            String topic = Samples.topic(random);
            long before = version(topic);
            versions.changed(filter);
            if (TopicFilter.matches(filter, topic)) {
                matched++;
                assertTrue(version(topic) > before, filter + " moves " + topic);
            }
        }
        assertTrue(matched > 1_000);
    }

    @Test
    void aChangeLeavesOtherTopicsAlone() {
        for (String filter : List.of("other/x", "other/x/#", "other/+", "other/#", "a/c", "a/c/#")) {
            long before = version("a/b/c");
            versions.changed(filter);
            assertEquals(before, version("a/b/c"), filter);
        }
    }

    @Test
    void everyTopicMovesWhenEverythingHasChanged() {
        long before = version("a");
        versions.changedAll();
        assertNotEquals(before, version("a"));
    }
}
