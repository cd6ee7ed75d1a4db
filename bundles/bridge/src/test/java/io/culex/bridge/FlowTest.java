// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.api.message.UserProperty;
import io.culex.codec.PacketType;
import io.culex.codec.Properties;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class FlowTest {
    private final World world = new World();

    private FakePeer connect(String... lines) {
        world.begin(lines);
        FakePeer peer = world.accept();
        peer.got();
        world.session().calls.clear();
        return peer;
    }

    private FakePeer connect5(Properties said, String... lines) {
        String[] all = java.util.Arrays.copyOf(lines, lines.length + 1);
        all[lines.length] = "bridge_protocol_version mqttv50";
        world.begin(all);
        FakePeer peer = world.answer();
        peer.answer(false, 0, said);
        peer.got();
        world.session().calls.clear();
        return peer;
    }

    private static Message message(String topic, String text, int qos) {
        return Message.of(topic, text).withQos(QoS.of(qos));
    }

    private void deliver(String topic, String text, int qos, int packetId) {
        world.session().deliver(message(topic, text, qos), packetId, false, 1);
    }

    @Test
    void whatTlsSaysWhenItsHandshakeIsOverIsTheReason() {
        FakePeer peer = connect();
        RuntimeException fromTheDecoder = new RuntimeException(new SSLException("certificate required"));
        peer.channel().pipeline().fireExceptionCaught(fromTheDecoder);
        assertEquals(1, world.logged("disconnected from there:1883: certificate required."));
    }

    /** The store may be being exchanged when the other broker accepts. */
    @Test
    void theOtherBrokerIsReadAlsoWhenTheSessionHereOpensLater() {
        world.begin();
        FakePeer peer = world.answer();
        CompletableFuture<?> mayOpen = new CompletableFuture<>();
        world.mayOpen = mayOpen;
        peer.accept(false);
        peer.got();
        assertFalse(peer.channel().config().isAutoRead());
        mayOpen.complete(null);
        assertTrue(peer.channel().config().isAutoRead());
    }

    @Test
    void theOtherBrokerIsReadAgainWhenWhatWasUnderWayIsKept() {
        FakePeer peer = connect("topic # in 1");
        world.session().holdsPublishes = true;
        for (int id = 1; peer.channel().config().isAutoRead(); id++) {
            peer.publish("t", "x", 1, id, Properties.NONE);
        }
        world.session().publishing.forEach(each -> each.complete(ReasonCode.SUCCESS));
        assertEquals(world.session().publishing.size(), peer.got().size());
        assertTrue(peer.channel().config().isAutoRead());
    }

    @Test
    void topicsChangeTheirPrefixOnTheWayOut() {
        FakePeer peer = connect("topic a/# out 2 here/ there/");
        deliver("here/a/b", "x", 1, 7);
        assertEquals(List.of("PUBLISH there/a/b=x q1 7"), peer.got());
        peer.acknowledge(PacketType.PUBACK, 7);
        assertEquals(List.of("acknowledged 7 q1"), world.session().calls);
    }

    @Test
    void bothHalvesOfQos2GoAllTheWay() {
        FakePeer peer = connect();
        deliver("t", "x", 2, 9);
        assertEquals(List.of("PUBLISH t=x q2 9"), peer.got());
        peer.acknowledge(PacketType.PUBREC, 9);
        assertEquals(List.of("received 9"), world.session().calls);
        world.session().receiver.release(9);
        assertEquals(List.of("PUBREL 9"), peer.got());
        peer.acknowledge(PacketType.PUBCOMP, 9);
        assertEquals(List.of("received 9", "acknowledged 9 q2"), world.session().calls);
        world.session().deliver(message("t", "again", 1), 10, true, 1);
        assertEquals(List.of("PUBLISH t=again q1 dup 10"), peer.got());
    }

    @Test
    void theFirstLineThatFitsDecidesAndAMessageGoesOnce() {
        FakePeer peer = connect("topic a/b out 1 \"\" first/", "topic a/# out 2 \"\" second/");
        world.session().deliver(message("a/b", "x", 1), 1, false, 1);
        world.session().deliver(message("a/b", "x", 2), 2, false, 2);
        world.session().deliver(message("a/c", "y", 2), 3, false, 2);
        assertEquals(List.of("PUBLISH first/a/b=x q1 1", "PUBLISH second/a/c=y q2 3"), peer.got());
        assertEquals(List.of("acknowledged 2 q2"), world.session().calls);
    }

    @Test
    void anotherBrokersLimitsAreKept() {
        Properties said = Properties.builder()
                .maximumQos(1)
                .retainAvailable(0)
                .maximumPacketSize(60)
                .topicAliasMaximum(1)
                .build();
        FakePeer peer = connect5(said, "bridge_hop_limit 0");
        world.session().deliver(message("t", "x", 2).withRetain(true), 5, false, 1);
        assertEquals(List.of("PUBLISH t alias 1=x q1 5 x-bridge-path=me"), peer.got());
        peer.acknowledge(PacketType.PUBACK, 5);
        deliver("t", "y", 1, 6);
        assertEquals(List.of("PUBLISH  alias 1=y q1 6 x-bridge-path=me"), peer.got());
        deliver("t", "x".repeat(60), 1, 7);
        assertEquals(List.of(), peer.got());
        assertEquals(List.of("acknowledged 5 q2", "acknowledged 7 q1"), world.session().calls);
    }

    @Test
    void aBrokerWithoutRoomIsTriedAgainLaterAndARefusalIsFinal() {
        FakePeer peer = connect5(Properties.NONE);
        deliver("t", "x", 1, 5);
        deliver("t", "y", 2, 6);
        peer.refuse(PacketType.PUBACK, 5, ReasonCode.NOT_AUTHORIZED);
        assertEquals(List.of("acknowledged 5 q1"), world.session().calls);
        peer.refuse(PacketType.PUBREC, 6, ReasonCode.QUOTA_EXCEEDED);
        assertFalse(peer.isOpen());
        assertFalse(world.session().calls.contains("acknowledged 6 q2"));
    }

    @Test
    void aMessageThatCanHaveNoTopicThereHoldsNothingUp() {
        FakePeer peer = connect("topic # out 1 a/ \"\"", "topic # out 1 b/ " + "l".repeat(65_000) + "/");
        deliver("a/", "x", 1, 7);
        deliver("b/" + "c".repeat(1000), "x", 1, 8);
        deliver("a/d", "x", 1, 9);
        assertEquals(List.of("PUBLISH d=x q1 9"), peer.got());
        assertEquals(List.of("acknowledged 7 q1", "acknowledged 8 q1"), world.session().calls);
        assertEquals(2, world.logged("cannot have a topic there"));
    }

    @Test
    void sharedSubscriptionsServeBothWays() {
        FakePeer peer = connect("topic $share/g/in/# in 1 local/", "topic $share/g/out/# out 1 \"\" there/");
        peer.publish("in/a", "1", 1, 11, Properties.NONE);
        deliver("out/b", "2", 1, 5);
        assertEquals(List.of("PUBACK 11", "PUBLISH there/out/b=2 q1 5"), peer.got());
        assertEquals(List.of("local/in/a=1 q1"), world.session().calls);
        World other = new World();
        other.begin("topic $share/g/in/# in 1", "bridge_protocol_version mqttv50", "notifications false");
        FakePeer peer5 = other.accept();
        assertEquals("SUBSCRIBE $share/g/in/# q1", peer5.got().get(0));
    }

    @Test
    void whatTheOtherBrokerTakesAtATimeIsNotExceededByTheNotice() {
        connect5(Properties.builder().receiveMaximum(10).build());
        assertEquals(9, world.session().request.receiveMaximum());
        World other = new World();
        other.begin("bridge_protocol_version mqttv50", "notifications_local_only true");
        other.answer().answer(false, 0, Properties.builder().receiveMaximum(10).build());
        assertEquals(10, other.session().request.receiveMaximum());
        World single = new World();
        single.begin("bridge_protocol_version mqttv50");
        FakePeer peer = single.answer();
        peer.answer(false, 0, Properties.builder().receiveMaximum(1).build());
        assertEquals(1, single.session().request.receiveMaximum());
        assertTrue(peer.got().contains("PUBLISH $SYS/broker/connection/here.b/state=1 q0 retain"));
    }

    @Test
    void theRetainFlagIsLeftOutOnDemand() {
        FakePeer peer = connect("bridge_outgoing_retain false");
        world.session().deliver(message("t", "x", 0).withRetain(true), 0, false, 1);
        assertEquals(List.of("PUBLISH t=x q0"), peer.got());
    }

    @Test
    void whatComesInIsAcknowledgedInOrderAndOnlyWhenItIsKept() {
        FakePeer peer = connect("topic in/# in 2 local/ remote/");
        FakeRelay session = world.session();
        session.holdsPublishes = true;
        peer.publish("remote/in/a", "1", 1, 11, Properties.NONE);
        peer.publish("remote/in/b", "2", 2, 12, Properties.NONE);
        peer.publish("other", "3", 1, 13, Properties.NONE);
        assertEquals(List.of("local/in/a=1 q1", "local/in/b=2 q2 under 12"), session.calls);
        assertEquals(List.of(), peer.got());
        session.publishing.get(1).complete(ReasonCode.SUCCESS);
        assertEquals(List.of(), peer.got());
        session.publishing.get(0).complete(ReasonCode.NO_MATCHING_SUBSCRIBERS);
        assertEquals(List.of("PUBACK 11", "PUBREC 12", "PUBACK 13"), peer.got());
        peer.acknowledge(PacketType.PUBREL, 12);
        assertEquals(List.of("PUBCOMP 12"), peer.got());
        assertTrue(session.calls.contains("release 12"));
    }

    @Test
    void whatCannotBeKeptIsNeverAcknowledged() {
        FakePeer peer = connect("topic # in 2");
        FakeRelay session = world.session();
        session.holdsPublishes = true;
        peer.publish("t", "1", 1, 11, Properties.NONE);
        session.publishing.get(0).complete(ReasonCode.QUOTA_EXCEEDED);
        assertEquals(List.of(), peer.got());
        assertFalse(peer.isOpen());
    }

    @Test
    void aFloodIsReadOnlyAsFastAsItIsTaken() {
        FakePeer peer = connect("topic # in 0");
        FakeRelay session = world.session();
        session.holdsPublishes = true;
        for (int i = 0; i < 1500; i++) {
            peer.publish("t", "x", 0, 0, Properties.NONE);
        }
        assertEquals(1024, session.publishing.size());
        session.holdsPublishes = false;
        List.copyOf(session.publishing).forEach(each -> each.complete(ReasonCode.SUCCESS));
        assertEquals(1500, session.publishing.size());
    }

    @Test
    void loopsAreCutByThePathOfAMessage() {
        FakePeer peer =
                connect5(Properties.builder().userProperty("x-bridge-id", "you").build(), "topic # both 1");
        world.session().deliver(passed(message("t", "plain", 0), "a"), 0, false, 1);
        world.session().deliver(passed(message("t", "from there", 1), "a,you"), 3, false, 1);
        world.session().deliver(passed(message("t", "back", 1), "me,a"), 4, false, 1);
        world.session().deliver(passed(message("t", "far", 1), "1,2,3,4,5,6,7,8,9,10"), 5, false, 1);
        assertEquals(List.of("PUBLISH t=plain q0 x-bridge-path=a,me"), peer.got());
        assertEquals(List.of("acknowledged 3 q1", "acknowledged 4 q1", "acknowledged 5 q1"), world.session().calls);
        peer.publish(
                "t",
                "mine",
                1,
                6,
                Properties.builder().userProperty("x-bridge-path", "me,you").build());
        assertEquals(List.of("PUBACK 6"), peer.got());
        assertEquals(3, world.session().calls.size());
    }

    private static Message passed(Message message, String path) {
        MessageProperties properties =
                new MessageProperties(false, -1, null, null, null, List.of(new UserProperty("x-bridge-path", path)));
        return new Message(message.topic(), Payload.of(message.payload().asText()), message.qos(), false, properties);
    }

    @Test
    void propertiesTravelWithTheMessage() {
        FakePeer peer = connect5(Properties.NONE, "topic # both 1");
        peer.publish("t", "x", 1, 6, Properties.builder().userProperty("k", "v").build());
        assertEquals(List.of("t=x q1"), world.session().calls);
        MessageProperties properties =
                new MessageProperties(true, 30, "text", "r", null, List.of(new UserProperty("k", "v")));
        world.session().deliver(new Message("t", Payload.of("y"), QoS.AT_MOST_ONCE, false, properties), 0, false, 1);
        assertEquals(List.of("PUBACK 6", "PUBLISH t=y q0 k=v x-bridge-path=me"), peer.got());
    }

    @Test
    void nothingIsReadBeforeTheSessionHereIsOpen() {
        FakePeer peer = connect("topic # in 1");
        peer.send(out -> out.writeShort(0xD000).writeShort(0xD000));
        assertTrue(peer.isOpen());
        peer.send(out -> out.writeByte(0x30).writeByte(0));
        assertFalse(peer.isOpen());
        assertEquals(1, world.logged("malformed packet"));
    }

    @Test
    void oneOfQos0ThatCannotBeKeptHereIsCounted() {
        Bridge bridge = world.begin("topic # in 1");
        FakePeer peer = world.accept();
        world.session().holdsPublishes = true;
        peer.publish("t", "x", 0, 0, Properties.NONE);
        world.session().publishing.forEach(each -> each.complete(ReasonCode.QUOTA_EXCEEDED));
        assertTrue(peer.isOpen());
        assertEquals(1, bridge.traffic().unwanted.sum());
    }
}
