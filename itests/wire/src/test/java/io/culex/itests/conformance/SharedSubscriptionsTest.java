// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Spec;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.Disconnect;
import io.culex.testkit.Packet;
import io.culex.testkit.PacketType;
import io.culex.testkit.Publish;
import io.culex.testkit.Suback;
import io.culex.testkit.Subscribe;
import io.culex.testkit.WireClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class SharedSubscriptionsTest {
    @Test
    @Spec({"MQTT-4.8.2-1", "MQTT-4.8.2-2"})
    void rejectsBadShareNames(Wire wire) {
        wire.notMosquitto("takes some of them");
        for (String filter : List.of("$share/", "$share/g", "$share//a", "$share/g+/a", "$share/#/a", "$share/g/")) {
            WireClient client = wire.v5("c");
            client.send(Subscribe.to(1, filter, 0));
            Packet answer = client.receive();
            boolean rejected = answer instanceof Disconnect
                    || (answer instanceof Suback suback && suback.reasons().get(0) >= 0x80);
            assertTrue(rejected, filter + ": " + answer);
        }
    }

    @Test
    @Spec("MQTT-4.8.2-1")
    void deliversEachMessageToOneMember(Wire wire) {
        String filter = "$share/g/" + wire.topic("a/+");
        List<WireClient> members = List.of(wire.v5("m1"), wire.v5("m2"), wire.v311("m3"));
        members.forEach(member -> member.subscribe(filter, 1));
        WireClient publisher = wire.v5("p");
        int count = 30;
        for (int i = 0; i < count; i++) {
            publisher.publish(wire.topic("a/" + i), "m" + i, 1);
        }
        List<String> got = new ArrayList<>();
        for (WireClient member : members) {
            member.subscribe(wire.topic("end"), 1);
        }
        publisher.publish(wire.topic("end"), "end", 1);
        for (WireClient member : members) {
            int before = got.size();
            Publish publish = member.acknowledge(member.expectPublish());
            while (!publish.text().equals("end")) {
                got.add(publish.text());
                publish = member.acknowledge(member.expectPublish());
            }
            assertTrue(got.size() > before, "a member got nothing");
        }
        assertEquals(count, got.stream().distinct().count());
        assertEquals(count, got.size());
    }

    @Test
    @Spec("MQTT-4.8.2-1")
    void deliversToEveryGroupAndToOtherSubscriptionsToo(Wire wire) {
        WireClient one = wire.v5("g1");
        WireClient two = wire.v5("g2");
        WireClient plain = wire.v5("plain");
        one.subscribe("$share/one/" + wire.topic("a"), 0);
        two.subscribe("$share/two/" + wire.topic("a"), 0);
        plain.subscribe(wire.topic("a"), 0);
        plain.publish(wire.topic("a"), "x", 0);
        for (WireClient client : List.of(one, two, plain)) {
            client.expectPublish("x");
        }
    }

    @Test
    @Spec("MQTT-4.8.2-3")
    void respectsTheQosOfTheMember(Wire wire) {
        WireClient member = wire.v5("m");
        member.subscribe("$share/g/" + wire.topic("a"), 1);
        member.publish(wire.topic("a"), "x", 2);
        assertEquals(1, member.expectPublish("x").qos());
    }

    @Test
    @Spec("MQTT-4.8.2-6")
    void givesNoOneElseWhatAMemberRefused(Wire wire) {
        String filter = "$share/g/" + wire.topic("a");
        WireClient one = wire.v5("m1");
        WireClient two = wire.v5("m2");
        one.subscribe(filter, 1);
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "refused", 1);
        Publish publish = one.expectPublish("refused");
        two.subscribe(filter, 1);
        one.send(Ack.puback(publish.id()).withReason(0x83));
        one.expectNothing();
        one.disconnect();
        publisher.publish(wire.topic("a"), "next", 1);
        two.expectPublish("next");
        two.expectNothing();
    }

    @Test
    @Spec({"MQTT-4.8.2-4", "MQTT-4.8.2-5"})
    void completesQos2WithTheMemberThatHasIt(Wire wire) {
        String filter = "$share/g/" + wire.topic("a");
        WireClient one = wire.connect(wire.as("m1").expiry(60));
        one.subscribe(filter, 2);
        WireClient publisher = wire.v5("p");
        publisher.publish(wire.topic("a"), "x", 2);
        Publish publish = one.expectPublish("x");
        WireClient two = wire.v5("m2");
        two.subscribe(filter, 2);
        one.send(Ack.pubrec(publish.id()));
        one.expectAck(PacketType.PUBREL, publish.id());
        one.reset();
        WireClient again = wire.connect(wire.as("m1").resume().expiry(60));
        again.expectAck(PacketType.PUBREL, publish.id());
        again.send(Ack.pubcomp(publish.id()));
        again.expectNothing();
        two.expectNothing();
    }

    @Test
    @Spec("MQTT-4.8.2-1")
    void sendsNoRetainedMessages(Wire wire) {
        wire.notMosquitto("sends them");
        WireClient member = wire.v5("m");
        member.publish(Publish.to(wire.topic("a"), "kept").retained(), 1);
        member.subscribe("$share/g/" + wire.topic("a"), 1);
        member.expectNothing();
    }

    @Test
    @Spec("MQTT-3.10.4-1")
    void endsWithUnsubscribe(Wire wire) {
        String filter = "$share/g/" + wire.topic("a");
        WireClient one = wire.v5("m1");
        WireClient two = wire.v5("m2");
        one.subscribe(filter, 0);
        two.subscribe(filter, 0);
        assertEquals(List.of(0), one.unsubscribe(filter).reasons());
        WireClient publisher = wire.v5("p");
        for (int i = 0; i < 4; i++) {
            publisher.publish(wire.topic("a"), "x" + i, 1);
            two.expectPublish("x" + i);
        }
        one.expectNothing();
    }

    @Test
    @Spec("MQTT-4.8.2-1")
    void passesMembersByThatAreAway(Wire wire) {
        wire.notMosquitto("gives messages to members that are away");
        String filter = "$share/g/" + wire.topic("a");
        WireClient away = wire.connect(wire.as("m1").expiry(60));
        away.subscribe(filter, 1);
        away.disconnect();
        WireClient here = wire.v5("m2");
        here.subscribe(filter, 1);
        WireClient publisher = wire.v5("p");
        for (int i = 0; i < 4; i++) {
            publisher.publish(wire.topic("a"), "x" + i, 1);
            here.acknowledge(here.expectPublish("x" + i));
        }
    }
}
