// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.config.BrokerSettings;
import io.culex.api.store.StoredClient;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredWill;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions that the store had kept when the broker ended. */
class RecoveredTest extends LifetimeFixture {
    private Session found(long endsAtMillis, @Nullable StoredWill will) {
        StoredClient client = new StoredClient("id", null, SessionHall.DOOR);
        StoredSession stored =
                new StoredSession(7, "", client, 4, Session.NEVER, endsAtMillis, will, StoredSession.Kind.CLIENT);
        Session session = hall.claim("id");
        Recovered recovered = new Recovered(session, stored, new Subject("id", null, Peer.of(SessionHall.DOOR, null)));
        recovered.begin();
        return session;
    }

    @Test
    void persistentClientExpirationHoldsAfterARestartToo() {
        hall.take(BrokerSettings.DEFAULTS.with(new BrokerSettings.Sessions(
                true, Duration.ZERO, Duration.ofSeconds(30), false, false, Duration.ofSeconds(30), Duration.ZERO)));
        found(hall.loops.clock().millis() + 10_000, null);
        pass(9);
        assertTrue(exists());
        pass(2);
        assertFalse(exists());
        // This one was connected when the broker ended.
        found(0, null);
        pass(29);
        assertTrue(exists());
        pass(2);
        assertFalse(exists());
    }

    @Test
    void aClockThatWasSetBackDoesNotDelayAWill() {
        long twoDaysOn = hall.loops.clock().millis() + 2 * 86_400_000L;
        found(0, new StoredWill(SessionHall.will("gone", 30).publication().toStored(), -1, 30, twoDaysOn));
        pass(29);
        assertEquals(NOTHING, watcher.take());
        pass(2);
        assertEquals(PUBLISHED, watcher.take());
    }
}
