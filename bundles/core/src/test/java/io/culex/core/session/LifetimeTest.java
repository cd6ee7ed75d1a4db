// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Counter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifetimeTest extends LifetimeFixture {
    @Test
    void aGoodbyeThrowsTheWillAway() {
        connect(true, 0, 0).detach(link, true);
        pass(10);
        assertEquals(NOTHING, watcher.take());
        assertFalse(exists());
    }

    @Test
    void aLostLinkPublishesTheWillAtOnce() {
        connect(false, 100, 0).detach(link, false);
        hall.loops.run();
        assertEquals(PUBLISHED, watcher.take());
        assertTrue(exists());
        pass(200);
        assertEquals(NOTHING, watcher.take());
    }

    @Test
    void aDelayedWillWaitsForItsDelay() {
        connect(false, 100, 10).detach(link, false);
        pass(9);
        assertEquals(NOTHING, watcher.take());
        pass(2);
        assertEquals(PUBLISHED, watcher.take());
    }

    @Test
    void aDelayedWillComesWhenTheSessionEndsBefore() {
        connect(false, 5, 100).detach(link, false);
        pass(4);
        assertEquals(NOTHING, watcher.take());
        pass(2);
        assertEquals(PUBLISHED, watcher.take());
        assertFalse(exists());
    }

    @Test
    void withoutASessionThatStaysThereIsNoDelay() {
        connect(false, 0, 100).detach(link, false);
        hall.loops.run();
        assertEquals(PUBLISHED, watcher.take());
        assertFalse(exists());
    }

    @Test
    void aGoodbyeThatEndsTheSessionButKeepsTheWillPublishesItAtOnce() {
        Session session = connect(false, 100, 50);
        session.lifetime().expirySeconds(0);
        session.detach(link, false);
        hall.loops.run();
        assertEquals(PUBLISHED, watcher.take());
        assertFalse(exists());
    }

    @Test
    void comingBackInTimeCancelsADelayedWill() {
        Session session = connect(false, 100, 10);
        session.detach(link, false);
        pass(5);
        takeOver(false);
        pass(100);
        assertEquals(NOTHING, watcher.take());
        assertSame(session, hall.services.directory().find("id"));
    }

    @Test
    void aCleanStartEndsTheOldSessionAndPublishesItsDelayedWill() {
        connect(false, 100, 10).detach(link, false);
        pass(5);
        takeOver(true);
        assertEquals(PUBLISHED, watcher.take());
        pass(100);
        assertEquals(NOTHING, watcher.take());
    }

    @Test
    void aTakeoverPublishesAWillWithoutDelay() {
        connect(false, 100, 0);
        takeOver(false);
        assertEquals(ReasonCode.SESSION_TAKEN_OVER, link.closed);
        assertEquals(PUBLISHED, watcher.take());
    }

    @Test
    void aTakeoverThatGoesOnCancelsADelayedWill() {
        connect(false, 100, 10);
        takeOver(false);
        pass(100);
        assertEquals(NOTHING, watcher.take());
    }

    @Test
    void aTakeoverOfASessionThatEndsWithItsLinkPublishesTheWill() {
        connect(true, 0, 10);
        takeOver(false);
        assertEquals(PUBLISHED, watcher.take());
    }

    @Test
    void aTakeoverOfASessionThatEndsWithItsLinkStartsAfresh() {
        Session session = connect(true, 0, 0);
        SessionHall.subscribe(session, "t", 1);
        FakeLink next = new FakeLink(SessionHall.DOOR);
        Session taken = hall.claim("id");
        assertFalse(taken.attach(next, SessionHall.how(false, Session.NEVER, null)));
        taken.begin(0);
        hall.publish("t", "x", 1);
        assertEquals(NOTHING, next.take());
    }

    @Test
    void theLinkThatWasReplacedHasNoSayAnyMore() {
        Session session = connect(false, 0, 0);
        takeOver(false);
        watcher.take();
        session.detach(link, false);
        hall.loops.run();
        assertTrue(session.isOnline());
        assertEquals(NOTHING, watcher.take());
    }

    @Test
    void aSessionExpiresAfterItsInterval() {
        Session session = hall.connect("id", link, SessionHall.how(false, 60, null));
        session.detach(link, true);
        pass(59);
        assertTrue(exists());
        pass(2);
        assertFalse(exists());
        assertTrue(session.isEnded());
        assertEquals(1, hall.count(Counter.SESSIONS_EXPIRED));
        assertEquals(1, hall.log.count("Expiring client id due to timeout."));
        assertNotSame(session, hall.claim("id"));
    }

    @Test
    void comingBackStopsTheClock() {
        Session session = hall.connect("id", link, SessionHall.how(false, 60, null));
        session.detach(link, true);
        pass(50);
        takeOver(false);
        pass(1_000);
        assertTrue(exists());
    }

    @Test
    void aSessionWithoutEndIsKept() {
        hall.connect("id", link).detach(link, true);
        pass(100_000);
        assertTrue(exists());
    }

    @Test
    void persistentClientExpirationCapsEverySession() {
        hall.take(BrokerSettings.DEFAULTS.with(new BrokerSettings.Sessions(
                true, Duration.ZERO, Duration.ofSeconds(30), false, false, Duration.ofSeconds(30), Duration.ZERO)));
        hall.connect("id", link).detach(link, false);
        pass(29);
        assertTrue(exists());
        pass(2);
        assertFalse(exists());
    }

    @Test
    void aSessionOfManyDaysEndsOnItsDay() {
        hall.connect("id", link, SessionHall.how(false, 3 * 86_400, null)).detach(link, true);
        pass(3 * 86_400 - 10);
        assertTrue(exists());
        pass(12);
        assertFalse(exists());
    }

    @Test
    void theEndOfASessionLeavesNothingBehind() {
        Session session = connect(true, 0, 0);
        SessionHall.subscribe(session, "a/b", 1);
        SessionHall.subscribe(session, "$share/g/a", 1);
        assertEquals(2, hall.services.router().tree().count());
        session.detach(link, true);
        assertEquals(1, hall.services.router().tree().count());
        assertEquals(0, hall.services.router().tree().sharedCount());
        assertEquals(0, hall.loops.get(0).wheel().armed());
        assertEquals(1, hall.services.directory().size());
    }

    @Test
    void aSessionWhoseFirstLinkNeverCameEnds() {
        Session session = hall.claim("nobody");
        assertFalse(session.isKnown());
        session.abandon();
        assertTrue(session.isEnded());
        assertEquals(1, hall.services.directory().size());
        Session known = connect(false, 0, 0);
        known.abandon();
        assertFalse(known.isEnded());
    }
}
