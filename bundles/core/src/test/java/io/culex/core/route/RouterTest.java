// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.api.message.UserProperty;
import io.culex.codec.MalformedPacketException;
import io.culex.codec.PacketReader;
import io.culex.codec.ProtocolVersion;
import io.culex.codec.PublishFrame;
import io.culex.core.loop.InlineLoops;
import io.culex.core.plugin.Current;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RouterTest {
    private static final Subject SENDER = new Subject("id", null, Peer.of("door", null));

    private final InlineLoops loops = new InlineLoops(2);
    private final Router router = new Router(loops.loops(), loops.clock(), new Current());
    private final FakeReceiver near = new FakeReceiver(loops.get(0));
    private final FakeReceiver far = new FakeReceiver(loops.get(1));

    private boolean publish(String topic) {
        boolean heard = router.publish(loops.get(0), Samples.message(topic, "x"));
        loops.run();
        return heard;
    }

    @Test
    void deliversHereAtOnceAndThereWithTheIteration() {
        router.tree().add(Samples.subscription(near, "a/+", 0), null);
        router.tree().add(Samples.subscription(far, "a/#", 0), null);
        assertTrue(router.publish(loops.get(0), Samples.message("a/b", "x")));
        assertEquals(List.of("a/b by a/+"), near.got);
        assertEquals(List.of(), far.got);
        loops.run();
        assertEquals(List.of("a/b by a/#"), far.got);
        assertFalse(publish("b"));
    }

    @Test
    void everyLoopLetsGoOfRoutesThatHoldForNothingAnyMore() {
        byte[] topic = Samples.utf8("reply/1");
        byte[] other = Samples.utf8("other/1");
        for (int loop = 0; loop < 2; loop++) {
            Route stale = kept(loop, topic);
            Route current = kept(loop, other);
            Subscription gone = Samples.subscription(near, "reply/1", 0);
            router.tree().add(gone, null);
            router.tree().remove(gone);
            for (int look = 0; look < 16; look++) {
                router.dropStale(loops.get(loop));
            }
            assertFalse(router.isStill(stale, loops.get(loop), topic, topic.length));
            assertTrue(router.isStill(current, loops.get(loop), other, other.length));
        }
    }

    private Route kept(int loop, byte[] topic) {
        Route route = router.route(loops.get(loop), topic, topic.length);
        while (route.isForOnce()) {
            route = router.route(loops.get(loop), topic, topic.length);
        }
        return route;
    }

    @Test
    void aChangeOfSubscriptionsCountsFromTheNextMessageOn() {
        assertFalse(publish("a"));
        Subscription first = Samples.subscription(near, "a", 0);
        router.tree().add(first, null);
        assertTrue(publish("a"));
        Subscription second = Samples.subscription(near, "a", 2);
        router.tree().add(second, first);
        assertTrue(publish("a"));
        assertEquals(2, near.got.size());
        router.tree().remove(second);
        assertFalse(publish("a"));
    }

    private boolean publishLater(Publication message, Runnable meanwhile) {
        Inbound found = router.inbound(loops.get(0), message);
        meanwhile.run();
        boolean heard = router.publish(loops.get(0), found);
        loops.run();
        return heard;
    }

    @Test
    void aSubscriptionThatWasMadeElsewhereMeanwhileIsToldOfARetainedMessage() {
        Subscription first = Samples.subscription(far, "a", 0);
        Publication message = Samples.retained("a", "x");
        publishLater(message, () -> router.tree().add(first, null));
        assertEquals(List.of("a by a"), far.got);
        publishLater(message, () -> router.tree().add(Samples.subscription(far, "a", 1), first));
        assertEquals(List.of("a by a", "a by a"), far.got, "one that takes the place of another is no new one");
        publishLater(message, () -> router.tree().add(Samples.subscription(far, "+", 1), null));
        assertEquals(
                List.of("a by +", "a by a"), far.got.stream().skip(2).sorted().toList());
    }

    @Test
    void aSubscriptionThatWasTakenAwayAndMadeAgainElsewhereMeanwhileIsToldOfARetainedMessage() {
        Subscription first = Samples.subscription(far, "a", 0);
        router.tree().add(first, null);
        publishLater(Samples.retained("a", "x"), () -> {
            router.tree().remove(first);
            first.end();
            router.tree().add(Samples.subscription(far, "a", 0), null);
        });
        assertEquals(List.of("a by a"), far.got);
    }

    @Test
    void oneThatIsNotRetainedIsForThoseWhoWereThere() {
        publishLater(Samples.message("a", "x"), () -> router.tree().add(Samples.subscription(far, "a", 0), null));
        assertEquals(List.of(), far.got);
    }

    @Test
    void ofOverlappingSubscriptionsTheHighestQosComesFirst() {
        router.tree().add(Samples.subscription(near, "#", 0), null);
        router.tree().add(Samples.subscription(near, "a", 1), null);
        router.tree().add(Samples.subscription(near, "+", 2), null);
        publish("a");
        assertEquals(List.of("a by +", "a by a", "a by #"), near.got);
    }

    @Test
    void aPublisherIsHeldWhenAReceiverIsBehind() {
        router.tree().add(Samples.subscription(near, "near", 0), null);
        router.tree().add(Samples.subscription(far, "far", 0), null);
        assertEquals(List.of(false, false), List.of(held("near"), held("far")));
        near.congested = true;
        far.congested = true;
        loops.get(1).congested(1);
        assertEquals(List.of(true, true), List.of(held("near"), held("far")));
        assertEquals(List.of(1, 1), List.of(near.waiting.size(), far.waiting.size()));
    }

    @Test
    void aPublisherIsHeldForAMemberOfASharedSubscriptionToo() {
        router.tree().add(Samples.subscription(near, "$share/g/near", 0), null);
        router.tree().add(Samples.subscription(far, "$share/g/far", 0), null);
        assertEquals(List.of(false, false), List.of(held("near"), held("far")));
        near.congested = true;
        far.congested = true;
        assertEquals(List.of(true, true), List.of(held("near"), held("far")));
        assertEquals(List.of(1, 1), List.of(near.waiting.size(), far.waiting.size()));
    }

    private boolean held(String topic) {
        Inbound inbound = router.inbound(loops.get(0));
        byte[] name = Samples.utf8(topic);
        router.publish(
                loops.get(0), inbound.of(Samples.message(topic, "x"), router.route(loops.get(0), name, name.length)));
        loops.run();
        boolean held = inbound.isHeldBack();
        inbound.awaitRelief(() -> {});
        loops.run();
        return held;
    }

    @Test
    void aFrameIsCopiedWithoutWhatConcernsItsConnectionOnly() throws MalformedPacketException {
        // QoS 1, retained; expiry 10 s, alias 3, content type "t"
        int[] packet = {
            0x33, 24, 0, 3, 'a', '/', 'b', 0, 7, 12, 2, 0, 0, 0, 10, 0x23, 0, 3, 3, 0, 1, 't', 'h', 'e', 'y', '!'
        };
        List<Publication> kept = new ArrayList<>();
        decode(packet, frame -> {
            byte[] topic = Samples.utf8("a/b");
            Inbound inbound = router.inbound(loops.get(0))
                    .of(frame, router.route(loops.get(0), topic, topic.length), 5, SENDER, true);
            assertEquals(null, inbound.frameFor(true));
            kept.add(inbound.keep());
        });
        Publication publication = kept.get(0);
        assertEquals("a/b", publication.topicText());
        assertEquals(5, publication.source());
        assertEquals(10, publication.remainingSeconds(loops.clock()));
        Message message = publication.toMessage(1, publication.retain(), loops.clock());
        assertEquals(
                new Message(
                        "a/b",
                        Payload.of("hey!"),
                        QoS.AT_LEAST_ONCE,
                        true,
                        new MessageProperties(false, 10, "t", null, null, List.of())),
                message);
    }

    @Test
    void onlyAPlainFrameOfQos0MayBeCopiedAsItIs() throws MalformedPacketException {
        int[] plain = {0x30, 5, 0, 1, 'a', 0, 'x'};
        int[] aliased = {0x30, 8, 0, 1, 'a', 3, 0x23, 0, 3, 'x'};
        byte[] topic = {'a'};
        List<Boolean> copyable = new ArrayList<>();
        Route route = router.route(loops.get(0), topic, 1);
        Inbound inbound = router.inbound(loops.get(0));
        decode(plain, frame -> {
            copyable.add(inbound.of(frame, route, 0, SENDER, true).frameFor(true) != null);
            copyable.add(inbound.of(frame, route, 0, SENDER, true).frameFor(false) != null);
            copyable.add(inbound.of(frame, route, 0, SENDER, false).frameFor(true) != null);
        });
        decode(
                aliased,
                frame -> copyable.add(inbound.of(frame, route, 0, SENDER, true).frameFor(true) != null));
        assertEquals(List.of(true, false, false, false), copyable);
    }

    @Test
    void aMessageOfAPluginKeepsItsPropertiesAndLosesTimeUntilItIsDelivered() {
        MessageProperties properties = new MessageProperties(
                true,
                60,
                "text",
                "reply",
                Payload.of("c"),
                List.of(new UserProperty("k", "v"), new UserProperty("k", "w")));
        Message message = new Message("t", Payload.of("x"), QoS.EXACTLY_ONCE, false, properties);
        Publication publication = Publication.of(message, loops.clock().millis(), 0, null);
        assertEquals(message, publication.toMessage(2, false, loops.clock()));
        loops.clock().pass(Duration.ofMillis(20_500));
        assertEquals(40, publication.remainingSeconds(loops.clock()));
        assertFalse(publication.isExpired(loops.clock()));
        loops.clock().pass(Duration.ofMillis(39_500));
        assertTrue(publication.isExpired(loops.clock()));
        assertEquals(1, publication.remainingSeconds(loops.clock()));
    }

    private static void decode(int[] packet, Consumer<PublishFrame> sink) throws MalformedPacketException {
        ByteBuf buffer = Unpooled.buffer();
        for (int value : packet) {
            buffer.writeByte(value);
        }
        PacketReader reader = new PacketReader(PacketReader.Side.CLIENT, 1_000);
        reader.version(ProtocolVersion.MQTT_5);
        reader.read(Unpooled.wrappedBuffer(new byte[] {0x20, 3, 0, 0, 0}), proxy(frame -> {}));
        assertTrue(reader.read(buffer, proxy(sink)));
    }

    /** Calls {@code sink} for PUBLISH, ignores everything else. */
    private static io.culex.codec.PacketSink proxy(Consumer<PublishFrame> sink) {
        return (io.culex.codec.PacketSink) Proxy.newProxyInstance(
                RouterTest.class.getClassLoader(),
                new Class<?>[] {io.culex.codec.PacketSink.class},
                (p, method, args) -> {
                    if (args != null && args[0] instanceof PublishFrame frame) {
                        sink.accept(frame);
                    }
                    return null;
                });
    }

    @Test
    void whatOneReceiverFailsByIsNotTheOthersLoss() {
        FakeReceiver broken = new FakeReceiver(loops.get(0));
        broken.fails = true;
        router.tree().add(Samples.subscription(broken, "a", 0), null);
        router.tree().add(Samples.subscription(near, "a", 0), null);
        router.tree().add(Samples.subscription(far, "a", 0), null);
        assertTrue(publish("a"));
        assertEquals(List.of("a by a"), near.got);
        assertEquals(List.of("a by a"), far.got);
    }

    @Test
    void norIsWhatTheMemberOfOneGroupFailsByTheLossOfAnother() {
        FakeReceiver broken = new FakeReceiver(loops.get(0));
        broken.fails = true;
        router.tree().add(Samples.subscription(broken, "$share/g/a", 0), null);
        router.tree().add(Samples.subscription(near, "$share/h/a", 0), null);
        router.tree().add(Samples.subscription(far, "$share/i/a", 0), null);
        assertTrue(publish("a"));
        assertEquals(1, near.got.size());
        assertEquals(1, far.got.size());
    }
}
