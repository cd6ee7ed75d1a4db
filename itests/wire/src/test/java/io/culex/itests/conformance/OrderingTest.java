// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.Ack;
import io.culex.testkit.PacketType;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class OrderingTest {
    private static final int COUNT = 300;

    @Test
    @Spec({"MQTT-4.6.0-5", "MQTT-4.6.0-6"})
    @Spec3({"MQTT-4.6.0-5", "MQTT-4.6.0-6"})
    void deliversInTheOrderOfEachPublisher(Wire wire) {
        for (int qos = 0; qos <= 2; qos++) {
            WireClient receiver = wire.v5("r" + qos);
            receiver.subscribe(wire.topic("a" + qos), qos);
            List<WireClient> publishers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                publishers.add(wire.v5("p" + qos + i));
            }
            for (int n = 0; n < COUNT; n++) {
                for (int p = 0; p < publishers.size(); p++) {
                    publishers.get(p).send(publication(wire.topic("a" + qos), p, n, qos));
                    if (qos == 2) {
                        publishers.get(p).expectAck(PacketType.PUBREC, n + 1);
                        publishers.get(p).send(Ack.pubrel(n + 1));
                        publishers.get(p).expectAck(PacketType.PUBCOMP, n + 1);
                    }
                }
            }
            expectEachInOrder(receiver, publishers.size());
        }
    }

    @Test
    @Spec("MQTT-4.6.0-5")
    void keepsTheOrderOfWhatWasQueuedAndWhatFollows(Wire wire) {
        WireClient first = wire.connect(wire.as("r").expiry(60));
        first.subscribe(wire.topic("a"), 1);
        first.disconnect();
        WireClient publisher = wire.v5("p");
        for (int n = 0; n < COUNT / 2; n++) {
            publisher.publish(wire.topic("a"), "0:" + n, 1);
        }
        WireClient again = wire.connect(wire.as("r").resume().expiry(60));
        for (int n = COUNT / 2; n < COUNT; n++) {
            publisher.publish(wire.topic("a"), "0:" + n, 1);
        }
        expectEachInOrder(again, 1);
    }

    private static Publish publication(String topic, int publisher, int number, int qos) {
        Publish publish = Publish.to(topic, publisher + ":" + number);
        return qos == 0 ? publish : publish.qos(qos, number + 1);
    }

    private static void expectEachInOrder(WireClient receiver, int publishers) {
        Map<String, Integer> next = new HashMap<>();
        for (int i = 0; i < COUNT * publishers; i++) {
            String[] text =
                    receiver.acknowledge(receiver.expectPublish()).text().split(":");
            int expected = next.merge(text[0], 1, Integer::sum) - 1;
            Assertions.assertEquals(expected, Integer.parseInt(text[1]), "of publisher " + text[0]);
        }
    }
}
