// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Refusals;
import io.culex.itests.Spec;
import io.culex.itests.Wire;
import io.culex.itests.WireExtension;
import io.culex.testkit.PropertyId;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WireExtension.class)
class TopicAliasTest {
    @Test
    @Spec({"MQTT-3.3.2-12", "MQTT-3.3.2-9"})
    void takesEveryAliasUpToTheMaximum(Wire wire) {
        WireClient client = wire.open();
        int maximum = client.connect(wire.as("c"))
                .properties()
                .number(PropertyId.TOPIC_ALIAS_MAXIMUM)
                .orElse(0L)
                .intValue();
        assertTrue(maximum > 0);
        client.subscribe(wire.topic("#"), 0);
        for (int alias = 1; alias <= maximum; alias++) {
            client.send(Publish.to(wire.topic("a" + alias), "set").with(PropertyId.TOPIC_ALIAS, alias));
            client.expectPublish("set");
        }
        for (int alias = maximum; alias >= 1; alias--) {
            client.publish(Publish.to("", "used").with(PropertyId.TOPIC_ALIAS, alias), alias % 3);
            assertEquals(wire.topic("a" + alias), client.expectPublish("used").topic());
        }
    }

    @Test
    @Spec("MQTT-3.3.2-12")
    void setsAnAliasAnew(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("#"), 0);
        for (String name : new String[] {"a", "b"}) {
            client.send(Publish.to(wire.topic(name), "set").with(PropertyId.TOPIC_ALIAS, 1));
            client.send(Publish.to("", "used").with(PropertyId.TOPIC_ALIAS, 1));
            client.expectPublish("set");
            assertEquals(wire.topic(name), client.expectPublish("used").topic());
        }
    }

    @Test
    @Spec("MQTT-3.3.2-8")
    void refusesAlias0(Wire wire) {
        Refusals.of(wire, Publish.to(wire.topic("a"), "x").with(PropertyId.TOPIC_ALIAS, 0), 0x94);
    }

    @Test
    @Spec("MQTT-4.13.1-1")
    void refusesAnAliasThatWasNeverSet(Wire wire) {
        Refusals.of(wire, Publish.to("", "x").with(PropertyId.TOPIC_ALIAS, 1), 0x82);
    }

    @Test
    @Spec("MQTT-3.3.2-7")
    void forgetsAliasesWithTheConnection(Wire wire) {
        WireClient first = wire.connect(wire.as("c").expiry(60));
        first.publish(Publish.to(wire.topic("a"), "x").with(PropertyId.TOPIC_ALIAS, 1), 1);
        first.disconnect();
        WireClient again = wire.connect(wire.as("c").resume().expiry(60));
        again.send(Publish.to("", "x").with(PropertyId.TOPIC_ALIAS, 1));
        assertTrue(again.expectEnd() != 0);
    }

    @Test
    @Spec({"MQTT-3.1.2-27", "MQTT-3.3.2-11"})
    void sendsNoAliasToWhoWantsNone(Wire wire) {
        WireClient client = wire.v5("c");
        client.subscribe(wire.topic("#"), 0);
        for (int i = 0; i < 5; i++) {
            client.publish(Publish.to(wire.topic("a"), "x").with(PropertyId.TOPIC_ALIAS, 1), 0);
            assertFalse(client.expectPublish("x").properties().has(PropertyId.TOPIC_ALIAS));
        }
    }

    @Test
    @Spec({"MQTT-3.1.2-26", "MQTT-3.3.2-11", "MQTT-3.3.2-10"})
    void sendsNoAliasAboveTheClientsMaximum(Wire wire) {
        WireClient client = wire.connect(wire.as("c").with(PropertyId.TOPIC_ALIAS_MAXIMUM, 2));
        client.subscribe(wire.topic("#"), 0);
        Map<Long, String> aliases = new HashMap<>();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5; i++) {
                client.publish(wire.topic("a" + i), "x", 0);
                Publish publish = client.expectPublish("x");
                long alias = publish.properties().number(PropertyId.TOPIC_ALIAS).orElse(0L);
                assertTrue(alias <= 2, "alias " + alias);
                if (alias > 0 && !publish.topic().isEmpty()) {
                    aliases.put(alias, publish.topic());
                }
                String topic = publish.topic().isEmpty() ? aliases.get(alias) : publish.topic();
                assertEquals(wire.topic("a" + i), topic);
            }
        }
    }
}
