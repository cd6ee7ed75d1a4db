// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A session with a link, and another one that watches its will. */
abstract class LifetimeFixture {
    static final List<String> PUBLISHED = List.of("q0 will=gone");
    static final List<String> NOTHING = List.of();

    final SessionHall hall = new SessionHall();
    final FakeLink watcher = new FakeLink(SessionHall.DOOR);
    final FakeLink link = new FakeLink(SessionHall.DOOR);

    @BeforeEach
    void watchWills() {
        SessionHall.subscribe(hall.connect("watcher", watcher), "will", 0);
    }

    @AfterEach
    void stop() {
        hall.plugins.close();
    }

    Session connect(boolean clean, long expiry, long delay) {
        return hall.connect("id", link, SessionHall.how(clean, expiry, SessionHall.will("gone", delay)));
    }

    void takeOver(boolean clean) {
        hall.connect("id", new FakeLink(SessionHall.DOOR), SessionHall.how(clean, Session.NEVER, null));
        hall.loops.run();
    }

    void pass(long seconds) {
        hall.loops.pass(Duration.ofSeconds(seconds));
    }

    boolean exists() {
        return hall.services.directory().find("id") != null;
    }
}
