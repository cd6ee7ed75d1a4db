// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.PacketType;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A reload changes what the listener demands of a connection, while a login that is decided waits for the store. */
class RebuiltMeanwhileTest extends KeptFixture {
    private void demand(String option) throws GenerationRefusedException {
        hall.broker.serve(option);
        ListenerSettings door = TestBroker.door(0);
        hall.broker.take(
                BrokerSettings.DEFAULTS.with(true),
                List.of(new ListenerSettings(
                        door.name(),
                        door.binding(),
                        door.protocol(),
                        door.clients(),
                        door.access(),
                        Map.of(option, "true"))));
    }

    @Test
    void whoIsNotInYetMustComeAgain() throws GenerationRefusedException {
        store.hold();
        store.backlog(17 << 20);
        WireClient client = hall.open(ProtocolVersion.V5);
        client.send(Connect.as("client").resume().expiry(1000));
        Await.until("CONNECT to be read", () -> hall.services().loops().received(PacketType.CONNECT.code()) == 1);
        hall.broker.settle();
        demand("require_certificate");
        store.backlog(0);
        store.keep();
        client.expectClosed();
        hall.awaitSessions(0);
        assertEquals(List.of(), store.clients());
    }
}
