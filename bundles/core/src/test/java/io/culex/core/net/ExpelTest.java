// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.admin.SessionInfo;
import io.culex.api.message.ReasonCode;
import io.culex.core.admin.BrokerAdminService;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Will;
import io.culex.testkit.WireClient;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpelTest {
    private final Hall hall = new Hall();
    private final BrokerAdminService admin = new BrokerAdminService(hall.broker.broker(), new NoDoors());

    @AfterEach
    void stop() {
        hall.close();
    }

    private int expel(Predicate<SessionInfo> which) {
        return admin.expel(which, ReasonCode.ADMINISTRATIVE_ACTION)
                .toCompletableFuture()
                .join();
    }

    @Test
    void everyoneWhoIsMeantGoesAndNobodyElse() {
        WireClient first = hall.connect(ProtocolVersion.V5, Connect.as("1").user("u"));
        WireClient second = hall.connect(ProtocolVersion.V311, Connect.as("2").user("u"));
        WireClient other = hall.connect(ProtocolVersion.V5, Connect.as("3").user("v"));
        assertEquals(2, expel(session -> "u".equals(session.username())));
        first.expectEnd(0x98);
        second.expectClosed();
        other.publish("t", "still here", 1);
        assertEquals(0, expel(session -> "u".equals(session.username())));
    }

    @Test
    void theSessionStaysAndTheWillIsNotPublished() {
        WireClient other = hall.connect("other");
        other.subscribe("will", 1);
        WireClient client =
                hall.connect(ProtocolVersion.V5, Connect.as("c").expiry(100).will(Will.to("will", "gone", 1)));
        client.subscribe("t", 1);
        assertEquals(1, expel(session -> session.clientId().equals("c")));
        client.expectEnd(0x98);
        other.expectNothing();
        other.publish("t", "kept", 1);
        WireClient again = hall.open(ProtocolVersion.V5);
        assertEquals(true, again.connect(Connect.as("c").resume().expiry(100)).sessionPresent());
        again.expectPublish("kept");
    }
}
