// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.bridge.link.Numbers;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What waits came by lines that may be others when its turn comes; a message goes out once all the same. */
class LinesOfBeforeTest {
    private static final String QUIET = "notifications false";
    private static final String AT_ONCE = "bridge_reload_type immediate";

    private final World world = new World();

    private FakePeer connect() {
        FakePeer peer = world.answer();
        peer.accept(true);
        peer.got();
        world.session().calls.clear();
        return peer;
    }

    private int number(String filter) {
        return Objects.requireNonNull(world.subscribed().get(filter)).identifier();
    }

    private void deliver(String topic, int packetId, int number) {
        world.session().deliver(Message.of(topic, "x").withQos(QoS.EXACTLY_ONCE), packetId, false, number);
    }

    @Test
    void aMessageGoesOnceThoughTheLineThatDecidedIsGone() {
        Bridge bridge = world.begin("topic a/b out 2", "topic a/# out 2", QUIET);
        connect();
        int narrow = number("a/b");
        int wide = number("a/#");
        bridge.change(World.settings("topic a/# out 2", QUIET, AT_ONCE));
        FakePeer peer = connect();
        assertEquals(List.of("a/#"), List.copyOf(world.subscribed().keySet()));
        deliver("a/b", 1, narrow);
        deliver("a/b", 2, wide);
        deliver("a/c", 3, wide);
        deliver("a/b", 4, number("a/#"));
        assertEquals(List.of("PUBLISH a/b=x q2 1", "PUBLISH a/c=x q2 3", "PUBLISH a/b=x q2 4"), peer.got());
        assertEquals(List.of("acknowledged 2 q2"), world.session().calls);
    }

    @Test
    void whatIsPublishedDuringAReloadIsNeverOnlyInACopyThatDoesNotGoOut() {
        Bridge bridge = world.begin("topic a/b out 2", "topic a/# out 2", "topic $share/g/a/b out 2", QUIET);
        connect();
        int next = number("$share/g/a/b") + 1;
        int before = world.opened.size();
        bridge.change(World.settings("topic a/c out 2", "topic a/# out 2", QUIET, AT_ONCE));
        List<String> changes = world.opened.get(before).changes;
        assertEquals(List.of("subscribe a/c " + next, "subscribe a/# " + (next + 1)), changes.subList(0, 2));
        // One that was replaced still takes what is on its way to it; one that ends does not.
        assertEquals(
                List.of("subscribe a/b " + Numbers.GONE, "unsubscribe a/b"),
                changes.stream().filter(change -> change.contains(" a/b")).toList());
        assertTrue(changes.contains("unsubscribe $share/g/a/b"), changes.toString());
        assertEquals(5, changes.size());
    }

    @Test
    void aMessageIsNotLostBecauseAnotherLineComesBeforeItsOwn() {
        Bridge bridge = world.begin("topic x/# out 2", "topic a/# out 2", QUIET);
        connect();
        int before = number("a/#");
        bridge.change(World.settings("topic a/b out 2", "topic a/# out 2", QUIET, AT_ONCE));
        FakePeer peer = connect();
        deliver("a/b", 1, before);
        deliver("a/b", 2, number("a/b"));
        deliver("a/b", 3, number("a/#"));
        assertEquals(List.of("PUBLISH a/b=x q2 1", "PUBLISH a/b=x q2 2"), peer.got());
        assertEquals(List.of("acknowledged 3 q2"), world.session().calls);
    }

    @Test
    void theLinesThatASessionWasLeftWithCountAlsoForTheNextBridge() {
        Bridge bridge = world.begin("topic a/b out 2", "topic a/# out 2", QUIET);
        connect();
        int narrow = number("a/b");
        int wide = number("a/#");
        bridge.stop(false);
        world.begin("topic a/# out 2", "topic c out 2", QUIET);
        FakePeer peer = connect();
        deliver("a/b", 1, narrow);
        deliver("a/b", 2, wide);
        assertEquals(List.of("PUBLISH a/b=x q2 1"), peer.got());
    }

    @Test
    void whatCameByLinesThatComeBackGoesOnceAsWell() {
        Bridge bridge = world.begin("topic a/b out 2", "topic a/# out 2", QUIET);
        connect();
        int narrow = number("a/b");
        int wide = number("a/#");
        bridge.change(World.settings("topic a/# out 1", QUIET, AT_ONCE));
        connect();
        bridge.change(World.settings("topic a/b out 1 \"\" there/", "topic a/# out 1", QUIET, AT_ONCE));
        FakePeer peer = connect();
        assertTrue(number("a/b") < number("a/#"));
        deliver("a/b", 1, narrow);
        deliver("a/b", 2, wide);
        deliver("a/b", 3, number("a/b"));
        deliver("a/b", 4, number("a/#"));
        assertEquals(List.of("PUBLISH there/a/b=x q2 1", "PUBLISH there/a/b=x q2 3"), peer.got());
    }

    @Test
    void noNumberIsGivenAgainAfterARestart() {
        Bridge bridge = world.begin("topic a/b out 2", "topic a/# out 2", QUIET);
        connect();
        bridge.change(World.settings("topic x/# out 2", "topic y/# out 2", "topic a/# out 2", QUIET, AT_ONCE));
        connect();
        int before = number("a/#");
        bridge.change(World.settings("topic a/b out 2", "topic a/# out 2", QUIET, AT_ONCE));
        connect();
        bridge.stop(false);
        world.begin("topic a/b out 2", "topic y out 2", "topic a/# out 2", QUIET);
        FakePeer peer = connect();
        assertTrue(number("a/b") > before);
        deliver("a/b", 1, before);
        assertEquals(List.of("PUBLISH a/b=x q2 1"), peer.got());
    }
}
