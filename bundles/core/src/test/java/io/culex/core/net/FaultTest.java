// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.Access;
import io.culex.api.config.BrokerSettings;
import io.culex.testkit.PacketType;
import io.culex.testkit.Ping;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {
    private final AtomicInteger faults = new AtomicInteger();
    private final Hall hall = new Hall(new AbstractByteBufAllocator(true) {
        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            if (faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("a fault of the test");
            }
            return new UnpooledDirectByteBuf(this, initialCapacity, maxCapacity);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    });

    @AfterEach
    void stop() {
        hall.close();
    }

    @Test
    void aConnectionThatFailsWhenItGoesOnEndsAndTheOthersGoOn() {
        List<WireClient> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(hall.connect("client" + i));
        }
        hall.take(BrokerSettings.DEFAULTS, "acl");
        for (WireClient client : clients) {
            client.send(new Ping(PacketType.PINGREQ), Publish.to("t", "x").qos(1, 7));
            assertEquals(PacketType.PINGRESP, client.receive().type());
        }
        faults.set(1);
        hall.plugins.bind("acl", new Hall.Acl(Access.UNSUBSCRIBE));
        hall.awaitSessions(3);
        for (int i = 0; i < 4; i++) {
            if (hall.services().directory().find("client" + i) != null) {
                clients.get(i).expectAck(PacketType.PUBACK, 7);
            }
        }
    }
}
