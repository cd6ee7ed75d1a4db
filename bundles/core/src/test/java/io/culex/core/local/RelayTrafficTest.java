// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.config.BrokerSettings;
import io.culex.api.local.Authority;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.RelaySession;
import io.culex.codec.PacketType;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Loops;
import io.culex.core.net.TestBroker;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What went over the connection beyond a relay. */
class RelayTrafficTest {
    private final TestBroker broker = new TestBroker(2);

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void isInTheNumbersOfTheBroker() throws Exception {
        broker.take(BrokerSettings.DEFAULTS, List.of());
        LocalSessionRequest request = new LocalSessionRequest("local.b", new Authority.Bridge("b"), true, 0, 10, null);
        RelaySession session = new LocalSessionsService(broker.broker())
                .openRelay(request, new Relay())
                .toCompletableFuture()
                .join();
        long[] received = new long[16];
        received[PacketType.CONNACK.code()] = 1;
        received[PacketType.PUBLISH.code()] = 30;
        long[] sent = new long[16];
        sent[PacketType.CONNECT.code()] = 1;
        sent[PacketType.PINGREQ.code()] = 2;
        for (int i = 0; i < 2; i++) {
            session.run(() -> session.carried(1000, 50, received, sent));
        }
        broker.settle();
        Loops loops = broker.broker().services().loops();
        assertEquals(2000, loops.sum(Counter.BYTES_RECEIVED));
        assertEquals(100, loops.sum(Counter.BYTES_SENT));
        assertEquals(62, loops.sum(Counter.PACKETS_RECEIVED));
        assertEquals(6, loops.sum(Counter.PACKETS_SENT));
        assertEquals(2, loops.received(PacketType.CONNACK.code()));
        assertEquals(4, loops.sent(PacketType.PINGREQ.code()));
        // A relay's messages are counted when they are published and delivered here.
        assertEquals(0, loops.sum(Counter.PUBLISH_RECEIVED));
    }
}
