// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.config.BrokerSettings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is remembered of the answers that a session was given. */
class RightsTest {
    private final SessionHall hall = new SessionHall();
    private final FakeLink link = new FakeLink(SessionHall.DOOR);
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void start() {
        hall.plugins.bind("acl", new Authorizer() {
            @Override
            public Verdict check(Access access, Subject subject, String topic) {
                asked.add(access + " " + topic);
                return Verdict.ALLOW;
            }

            @Override
            public long changes() {
                return 0;
            }
        });
        hall.take(BrokerSettings.DEFAULTS, "acl");
    }

    @AfterEach
    void stop() {
        hall.plugins.close();
    }

    private void mayPublish(Session session) {
        assertNull(session.refusal("t", session.gate()));
    }

    @Test
    void anAbsentClientKeepsNoAnswers() {
        Session session = hall.connect("id", link);
        mayPublish(session);
        mayPublish(session);
        assertEquals(List.of("WRITE t"), asked);
        session.detach(link, false);
        mayPublish(session);
        assertEquals(List.of("WRITE t", "WRITE t"), asked);
    }

    @Test
    void ofWhatWaitsForAnAbsentClientEachTopicIsAskedForOnce() {
        Session session = hall.connect("id", link);
        SessionHall.subscribe(session, "t", 1);
        session.detach(link, false);
        asked.clear();
        for (int i = 0; i < 5; i++) {
            hall.publish("t", "x", 1);
        }
        assertEquals(5, session.outbox().queued());
        assertEquals(List.of("READ t"), asked);
    }
}
