// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscribingTest {
    private final Hall hall = new Hall();

    @AfterEach
    void stop() {
        hall.close();
    }

    @Test
    void aFilterThatIsRepeatedInOnePacketIsLookedUpOnce() {
        WireClient client = hall.connect(ProtocolVersion.V311, Connect.as("id"));
        client.publish(Publish.to("a", "1").retained(), 1);
        client.publish(Publish.to("b", "2").retained(), 1);
        client.sendRaw(0x82, 18, 0, 9, 0, 1, '#', 0, 0, 1, 'a', 0, 0, 1, '#', 0, 0, 1, 'a', 0);
        client.expectSuback(9);
        client.expectPublish();
        client.expectPublish();
        client.expectPublish("1");
        client.expectNothing();
    }
}
