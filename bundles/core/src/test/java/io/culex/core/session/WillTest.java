// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.culex.api.config.BrokerSettings;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.core.route.Publication;
import org.junit.jupiter.api.Test;

/** When a will is published, and when not. */
class WillTest extends LifetimeFixture {
    @Test
    void atACleanStopTheWillComesWhateverItsDelay() {
        Session session = connect(false, 100, 50);
        session.lifetime().publishWill();
        hall.loops.run();
        assertEquals(PUBLISHED, watcher.take());
        session.detach(link, false);
        pass(200);
        assertEquals(NOTHING, watcher.take());
    }

    @Test
    void aWillThatCannotBeDecidedWaitsForThePlugin() {
        Session session = connect(true, 0, 0);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        FakeLink free = new FakeLink("");
        hall.connect("free", free, SessionHall.system());
        SessionHall.subscribe(hall.claim("free"), "will", 0);
        session.detach(link, false);
        pass(5);
        assertFalse(exists());
        assertEquals(NOTHING, free.take());
        hall.plugins.bind("acl", SessionHall.allowsEverything());
        pass(1);
        assertEquals(PUBLISHED, free.take());
        pass(5);
        assertEquals(NOTHING, free.take());
    }

    @Test
    void aWillWaitsForThePluginAlsoWhenItsSessionIsTakenOver() {
        connect(true, 0, 0);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        FakeLink free = new FakeLink("");
        hall.connect("free", free, SessionHall.system());
        SessionHall.subscribe(hall.claim("free"), "will", 0);
        takeOver(true);
        hall.plugins.bind("acl", SessionHall.allowsEverything());
        pass(1);
        assertEquals(PUBLISHED, free.take());
        pass(5);
        assertEquals(NOTHING, free.take());
    }

    @Test
    void aWillThatWaitsForAPluginIsNotForgottenWhenItsClientComesBack() {
        Session session = connect(false, 1_000, 0);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        FakeLink free = new FakeLink("");
        hall.connect("free", free, SessionHall.system());
        SessionHall.subscribe(hall.claim("free"), "will", 0);
        session.detach(link, false);
        hall.plugins.bind("acl", SessionHall.allowsEverything());
        takeOver(false);
        assertEquals(PUBLISHED, free.take());
        pass(5);
        assertEquals(NOTHING, free.take());
    }

    @Test
    void aWillReachesNoOneWhoDoesNotWantHisOwn() {
        Session session = connect(false, 1_000, 0);
        SessionHall.subscribe(session, "will", new SubscribeOptions(QoS.AT_LEAST_ONCE, true, false, 0, 0));
        session.detach(link, false);
        assertEquals(PUBLISHED, watcher.take());
        assertEquals(0, session.outbox().queued());
    }

    @Test
    void aWillIsPublishedToNoTopicOfTheBroker() {
        FakeLink free = new FakeLink("");
        hall.connect("free", free, SessionHall.system());
        SessionHall.subscribe(hall.claim("free"), "$SYS/#", 0);
        Publication lie = Publication.of(
                new Message("$SYS/broker/version", Payload.of("lie"), QoS.AT_MOST_ONCE, true, MessageProperties.NONE),
                0,
                0,
                null);
        hall.connect("id", link, SessionHall.how(true, 0, new WillMessage(lie, -1, 0)))
                .detach(link, false);
        pass(5);
        assertEquals(NOTHING, free.take());
        assertEquals(0, hall.services.router().retained().count());
    }

    @Test
    void aWillIsRefusedWhenThePluginDoesNotCome() {
        Session session = connect(true, 0, 0);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        FakeLink free = new FakeLink("");
        hall.connect("free", free, SessionHall.system());
        SessionHall.subscribe(hall.claim("free"), "will", 0);
        session.detach(link, false);
        hall.plugins.pass(10_000);
        pass(5);
        hall.plugins.bind("acl", SessionHall.allowsEverything());
        pass(5);
        assertEquals(NOTHING, free.take());
        assertEquals(0, hall.loops.get(0).wheel().armed());
    }

    @Test
    void theExpiryOfAWillCountsFromItsPublication() {
        WillMessage will = new WillMessage(SessionHall.will("gone", 0).publication(), 5, 0);
        assertEquals(5, will.publishedAt(hall.loops.clock().millis(), 0).remainingSeconds(hall.loops.clock()));
    }
}
