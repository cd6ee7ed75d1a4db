// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.Subject;
import io.culex.api.intercept.SessionObserver;
import io.culex.api.message.ReasonCode;
import io.culex.testkit.Await;
import io.culex.testkit.Disconnect;
import io.culex.testkit.PropertyList;
import io.culex.testkit.WireClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObserverTest {
    private final Hall hall = new Hall();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void observe() {
        hall.plugins.bind(new SessionObserver() {
            @Override
            public void disconnected(Subject client, ReasonCode reason) {
                seen.add(client.clientId() + " " + reason);
            }
        });
    }

    @AfterEach
    void stop() {
        hall.close();
    }

    private void awaitSeen(String... expected) {
        Await.until("to be told", () -> seen.size() >= expected.length);
        assertEquals(List.of(expected), seen);
    }

    @Test
    void isToldWhyAConnectionEnded() {
        hall.connect("polite").send(Disconnect.NORMAL);
        awaitSeen("polite SUCCESS");
        hall.connect("will").send(new Disconnect(4, PropertyList.NONE));
        awaitSeen("polite SUCCESS", "will DISCONNECT_WITH_WILL");
        hall.connect("lost").close();
        awaitSeen("polite SUCCESS", "will DISCONNECT_WITH_WILL", "lost UNSPECIFIED_ERROR");
    }

    @Test
    void isToldThatAnotherConnectionHasTakenOver() {
        WireClient first = hall.connect("id");
        hall.connect("id");
        first.expectEnd(0x8E);
        awaitSeen("id SESSION_TAKEN_OVER");
    }
}
