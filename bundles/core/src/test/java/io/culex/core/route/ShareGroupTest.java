// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import io.culex.core.loop.InlineLoops;
import io.culex.core.plugin.Current;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShareGroupTest {
    private final InlineLoops loops = new InlineLoops(2);
    private final TopicTree tree = new TopicTree(2);
    private final Router router = new Router(loops.loops(), loops.clock(), new Current());
    private final FakeReceiver first = join(0);
    private final FakeReceiver second = join(1);
    private final FakeReceiver third = join(0);

    private FakeReceiver join(int loop) {
        FakeReceiver receiver = new FakeReceiver(loops.get(loop));
        router.tree().add(Samples.subscription(receiver, "$share/g/t/#", 1), null);
        return receiver;
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            router.publish(loops.get(0), Samples.message("t/x", "p"));
        }
        loops.run();
    }

    private List<Integer> got() {
        return Stream.of(first, second, third)
                .map(receiver -> receiver.got.size())
                .toList();
    }

    @Test
    void goesRoundTheMembersOverAllLoops() {
        publish(1);
        assertEquals(List.of(1, 0, 0), got());
        publish(1);
        assertEquals(List.of(1, 1, 0), got());
        publish(7);
        assertEquals(List.of(3, 3, 3), got());
        assertTrue(tree.isEmpty());
    }

    @Test
    void membersWithALinkComeBeforeThoseWithout() {
        first.online = false;
        third.online = false;
        publish(4);
        assertEquals(List.of(0, 4, 0), got());
    }

    @Test
    void withoutAnyLinkTheTurnDecides() {
        first.online = false;
        second.online = false;
        third.online = false;
        publish(6);
        assertEquals(List.of(2, 2, 2), got());
    }

    @Test
    void aMemberThatIsGonePassesTheMessageOn() {
        second.gone = true;
        publish(9);
        assertEquals(9, first.got.size() + third.got.size());
        first.gone = true;
        publish(5);
        assertEquals(14, first.got.size() + third.got.size());
    }

    @Test
    void aMessageThatNobodyTakesEndsAfterOneRound() {
        first.gone = true;
        second.gone = true;
        third.gone = true;
        publish(3);
        assertEquals(List.of(0, 0, 0), got());
    }

    private FakeReceiver joinAsBridge(String filter) {
        FakeReceiver receiver = new FakeReceiver(loops.get(0));
        SubscribeOptions noLocal = new SubscribeOptions(QoS.AT_LEAST_ONCE, true, true, 0, 0);
        router.tree().add(new Subscription(receiver, filter, noLocal), null);
        return receiver;
    }

    private void publishBy(FakeReceiver source, String topic, int count) {
        for (int i = 0; i < count; i++) {
            byte[] payload = Samples.utf8("p");
            router.publish(
                    loops.get(0),
                    new Publication(
                            Samples.utf8(topic),
                            Publication.NO_PROPERTIES,
                            payload,
                            1,
                            false,
                            0,
                            source.number(),
                            null));
        }
        loops.run();
    }

    @Test
    void whatABridgePublishesItselfGoesToAnotherMember() {
        FakeReceiver bridge = joinAsBridge("$share/g/t/#");
        publishBy(bridge, "t/x", 8);
        assertEquals(0, bridge.got.size());
        assertEquals(8, first.got.size() + second.got.size() + third.got.size());
        first.online = false;
        second.online = false;
        third.online = false;
        publishBy(bridge, "t/x", 8);
        assertEquals(0, bridge.got.size());
        assertEquals(16, first.got.size() + second.got.size() + third.got.size());
        publishBy(first, "t/x", 8);
        assertEquals(8, bridge.got.size());
    }

    @Test
    void whatTheOnlyMemberPublishesItselfGoesToNobody() {
        FakeReceiver bridge = joinAsBridge("$share/g/b/#");
        publishBy(bridge, "b/x", 3);
        assertEquals(0, bridge.got.size());
        publishBy(first, "b/x", 3);
        assertEquals(3, bridge.got.size());
    }

    @Test
    void aGroupGetsOneCopyBesideOrdinarySubscriptions() {
        FakeReceiver other = new FakeReceiver(loops.get(1));
        router.tree().add(Samples.subscription(other, "t/+", 0), null);
        router.tree().add(Samples.subscription(other, "$share/h/t/x", 0), null);
        publish(3);
        assertEquals(List.of(1, 1, 1), got());
        assertEquals(6, other.got.size());
    }

    @Test
    void whoIsLeftInAGroupIsFoundByItsFilter() {
        Subscription wild = Samples.subscription(first, "$share/g/+/x/#", 1);
        Subscription others = Samples.subscription(first, "$share/h/+/x/#", 1);
        assertFalse(router.hasMembers(wild));
        router.tree().add(wild, null);
        router.tree().add(Samples.subscription(second, "+/x/#", 1), null);
        assertTrue(router.hasMembers(wild));
        assertFalse(router.hasMembers(others));
        assertTrue(router.hasMembers(Samples.subscription(first, "$share/g/t/#", 1)));
        assertFalse(router.hasMembers(Samples.subscription(first, "$share/g/t/x", 1)));
        router.tree().remove(wild);
        assertFalse(router.hasMembers(wild));
    }
}
