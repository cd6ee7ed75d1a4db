// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.TopicSeen;
import io.culex.core.loop.InlineLoops;
import io.culex.core.plugin.Current;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsSeenTest {
    private static final int MORE_THAN_ARE_KEPT = 12_000;

    private final InlineLoops loops = new InlineLoops(2);
    private final Router router = new Router(loops.loops(), loops.clock(), new Current());

    private Route route(int loop, String topic) {
        byte[] bytes = Samples.utf8(topic);
        return router.route(loops.get(loop), bytes, bytes.length);
    }

    private List<String> seen() {
        return router.seen().list().stream().map(TopicSeen::topic).toList();
    }

    @Test
    void aTopicThatWasRefusedIsNotSeen() {
        for (int i = 0; i < MORE_THAN_ARE_KEPT; i++) {
            route(0, "refused" + i);
        }
        route(0, "taken").seen("client", 1);
        assertEquals(List.of("taken"), seen());
    }

    @Test
    void isBoundedInTopics() {
        for (int i = 0; i < MORE_THAN_ARE_KEPT; i++) {
            route(0, "t" + i).seen("client", 1);
        }
        assertEquals(10_000, seen().size());
    }

    @Test
    void longTopicsAreCountedByTheirLength() {
        String large = "x".repeat(65_000);
        for (int i = 0; i < 100; i++) {
            route(i % 2, large + i).seen("client", 1);
        }
        long characters = seen().stream().mapToLong(String::length).sum();
        assertTrue(characters <= (4 << 20) + 66_000, characters + " characters");
        assertTrue(characters >= 2 << 20, characters + " characters");
    }

    @Test
    void whatSeveralLoopsHaveSeenOfATopicIsSummed() {
        route(0, "a").seen("first", 1);
        route(1, "a").seen("second", 2);
        route(1, "a").seen("second", 3);
        TopicSeen sum = router.seen().list().get(0);
        assertEquals(3, sum.count());
        assertEquals("second", sum.lastClientId());
    }

    @Test
    void ofALongClientIdentifierOnlyTheBeginningIsKept() {
        String large = "x".repeat(65_000);
        route(0, "a").seen(large, 1);
        assertEquals(large.substring(0, 256), router.seen().list().get(0).lastClientId());
    }
}
