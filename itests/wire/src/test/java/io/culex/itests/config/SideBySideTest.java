// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.testkit.BrokerProcess;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    private static final String OPEN = "user root\nallow_anonymous true\nlistener {port} 127.0.0.1\n";

    @Test
    void severalBrokersOfOneInstallationKnowNothingOfEachOther() {
        Assume.notExternal();
        try (BrokerProcess first = BrokerProcess.start(OPEN);
                BrokerProcess second = BrokerProcess.start(OPEN)) {
            WireClient one = Clients.v5(first, "same-id");
            WireClient two = Clients.v5(second, "same-id");
            one.subscribe("a", 1);
            two.subscribe("a", 1);
            one.publish("a", "one", 1);
            two.publish("a", "two", 1);
            one.acknowledge(one.expectPublish("one"));
            two.acknowledge(two.expectPublish("two"));
            assertEquals(0, first.stop());
            two.publish("a", "after", 1);
            two.acknowledge(two.expectPublish("after"));
            assertEquals(0, second.stop());
        }
    }
}
