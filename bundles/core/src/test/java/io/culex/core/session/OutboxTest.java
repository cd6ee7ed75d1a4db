// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.BrokerSettings;
import io.culex.core.loop.Counter;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final SessionHall hall = new SessionHall();
    private FakeLink link = new FakeLink(SessionHall.DOOR);
    private final Session session = hall.connect("id", link);

    @AfterEach
    void stop() {
        hall.plugins.close();
    }

    private void publish(int from, int to, int qos) {
        IntStream.rangeClosed(from, to).forEach(i -> hall.publish("t", "m" + i, qos));
    }

    private void reconnect(int receiveMaximum) {
        session.detach(link, false);
        link = new FakeLink(SessionHall.DOOR);
        session.attach(link, SessionHall.how(false, Session.NEVER, null));
        session.begin(receiveMaximum);
    }

    @Test
    void anOfflineClientKeepsTheFirstAndLosesTheNewest() {
        hall.take(SessionHall.limits(20, 0, 3, 0));
        SessionHall.subscribe(session, "t", 1);
        session.detach(link, false);
        publish(1, 8, 1);
        assertEquals(3, session.outbox().queued());
        assertEquals(5, hall.count(Counter.PUBLISH_DROPPED));
        assertEquals(1, hall.log.count("Outgoing messages are being dropped for client id."));
        reconnect(0);
        assertEquals(List.of("q1 #1 t=m1", "q1 #2 t=m2", "q1 #3 t=m3"), link.take());
        session.detach(link, false);
        publish(9, 20, 1);
        assertEquals(2, hall.log.count("Outgoing messages are being dropped for client id."));
    }

    @Test
    void anOnlineClientThatWasFoundSlowHasTheQueueAboveItsWindow() {
        hall.take(SessionHall.limits(2, 0, 3, 0));
        reconnect(0);
        SessionHall.subscribe(session, "t", 1);
        publish(1, 5, 1);
        hall.loops.pass(Duration.ofMillis(Congestion.PATIENCE_MILLIS));
        publish(6, 8, 1);
        assertEquals(List.of("q1 #1 t=m1", "q1 #2 t=m2"), link.take());
        assertEquals(
                List.of(2, 3),
                List.of(session.outbox().inflight(), session.outbox().queued()));
        assertEquals(3, hall.count(Counter.PUBLISH_DROPPED));
        assertEquals(3, hall.count(Counter.QUEUED_MESSAGES));
        assertEquals(6, hall.count(Counter.QUEUED_BYTES));
        session.outbox().acknowledged(1, 1);
        assertEquals(List.of("q1 #3 t=m3"), link.take());
    }

    @Test
    void oneWindowMeansStrictOrder() {
        reconnect(1);
        SessionHall.subscribe(session, "t", 2);
        publish(1, 3, 2);
        assertEquals(List.of("q2 #1 t=m1"), link.take());
        assertEquals(Acknowledged.DONE, session.outbox().received(1));
        assertEquals(List.of(), link.take());
        assertEquals(Acknowledged.DONE, session.outbox().acknowledged(1, 2));
        assertEquals(List.of("q2 #2 t=m2"), link.take());
    }

    @Test
    void bytesInFlightAreLimitedButOneLargeMessageGoes() {
        hall.take(SessionHall.limits(20, 10, 100, 0));
        SessionHall.subscribe(session, "t", 1);
        hall.publish("t", "x".repeat(50), 1);
        hall.publish("t", "next", 1);
        assertEquals(1, link.take().size());
        session.outbox().acknowledged(1, 1);
        assertEquals(List.of("q1 #2 t=next"), link.take());
        hall.publish("t", "123456", 1);
        hall.publish("t", "7", 1);
        assertEquals(List.of("q1 #3 t=123456"), link.take());
    }

    @Test
    void queuedBytesAreLimited() {
        hall.take(SessionHall.limits(20, 0, 100, 10));
        SessionHall.subscribe(session, "t", 1);
        session.detach(link, false);
        hall.publish("t", "1234567", 1);
        hall.publish("t", "12345", 1);
        hall.publish("t", "123", 1);
        assertEquals(2, session.outbox().queued());
        assertEquals(10, session.outbox().queuedBytes());
    }

    @Test
    void resendsInOrderWithDupThenTheQueue() {
        reconnect(3);
        SessionHall.subscribe(session, "t", 2);
        publish(1, 3, 2);
        publish(4, 5, 1);
        session.outbox().received(2);
        link.take();
        reconnect(0);
        assertEquals(List.of("q2 #1 dup t=m1", "pubrel #2", "q2 #3 dup t=m3", "q1 #4 t=m4", "q1 #5 t=m5"), link.take());
    }

    @Test
    void theReceiveMaximumHoldsOnResumeToo() {
        SessionHall.subscribe(session, "t", 1);
        publish(1, 5, 1);
        link.take();
        reconnect(2);
        assertEquals(List.of("q1 #1 dup t=m1", "q1 #2 dup t=m2"), link.take());
        publish(6, 6, 1);
        assertEquals(List.of(), link.take());
        session.outbox().acknowledged(1, 1);
        assertEquals(List.of("q1 #3 dup t=m3"), link.take());
        session.outbox().acknowledged(2, 1);
        session.outbox().acknowledged(3, 1);
        session.outbox().acknowledged(4, 1);
        session.outbox().acknowledged(5, 1);
        assertEquals(List.of("q1 #4 dup t=m4", "q1 #5 dup t=m5", "q1 #6 t=m6"), link.take());
    }

    @Test
    void nothingOvertakesWhatIsSentAgain() {
        SessionHall.subscribe(session, "t", 1);
        publish(1, 2, 1);
        session.detach(link, false);
        link = new FakeLink(SessionHall.DOOR);
        link.ready = false;
        session.attach(link, SessionHall.how(false, Session.NEVER, null));
        session.begin(0);
        link.ready = true;
        publish(3, 3, 1);
        assertEquals(List.of("q1 #1 dup t=m1", "q1 #2 dup t=m2", "q1 #3 t=m3"), link.take());
    }

    @Test
    void aLinkThatIsNotReadyIsWaitedFor() {
        SessionHall.subscribe(session, "t", 1);
        link.ready = false;
        publish(1, 2, 1);
        assertEquals(List.of(), link.take());
        link.ready = true;
        session.resume();
        assertEquals(List.of("q1 #1 t=m1", "q1 #2 t=m2"), link.take());
    }

    @Test
    void aMessageThatIsTooLargeForTheClientIsDroppedAndTheRestGoesOn() {
        SessionHall.subscribe(session, "t", 1);
        link.largestPayload = 3;
        hall.publish("t", "large", 1);
        publish(1, 1, 1);
        assertEquals(List.of("q1 #2 t=m1"), link.take());
        assertEquals(1, session.outbox().inflight());
        assertEquals(1, hall.count(Counter.PUBLISH_DROPPED));
    }

    @Test
    void anAcknowledgementMustFitItsMessage() {
        SessionHall.subscribe(session, "t", 2);
        publish(1, 1, 1);
        publish(2, 2, 2);
        assertEquals(Acknowledged.UNKNOWN, session.outbox().acknowledged(9, 1));
        assertEquals(Acknowledged.UNKNOWN, session.outbox().received(9));
        assertEquals(Acknowledged.WRONG_QOS, session.outbox().acknowledged(1, 2));
        assertEquals(Acknowledged.WRONG_QOS, session.outbox().acknowledged(2, 1));
        assertEquals(Acknowledged.WRONG_QOS, session.outbox().received(1));
        assertEquals(Acknowledged.DONE, session.outbox().acknowledged(1, 1));
        assertEquals(Acknowledged.UNKNOWN, session.outbox().acknowledged(1, 1));
    }

    @Test
    void whatHasExpiredInTheQueueIsNotSent() {
        SessionHall.subscribe(session, "t", 1);
        session.detach(link, false);
        hall.services
                .router()
                .publish(
                        hall.loops.get(0),
                        new io.culex.core.route.Publication(
                                new byte[] {'t'},
                                new byte[0],
                                new byte[] {'x'},
                                1,
                                false,
                                hall.loops.clock().millis() + 1_000,
                                0,
                                null));
        publish(1, 1, 1);
        hall.loops.pass(Duration.ofSeconds(2));
        reconnect(0);
        assertEquals(List.of("q1 #1 t=m1"), link.take());
        assertEquals(0, hall.count(Counter.QUEUED_MESSAGES));
    }

    @Test
    void atTheMemoryLimitNothingMoreIsQueued() {
        hall.take(BrokerSettings.DEFAULTS.with(new BrokerSettings.Limits(20, 0, 0, 0, 2_000_000, 0, 100, -1, -1)));
        SessionHall.subscribe(session, "t", 1);
        session.detach(link, false);
        for (int i = 0; i < 20; i++) {
            hall.publish("t", "x".repeat(10), 1);
        }
        assertEquals(10, session.outbox().queued());
        assertTrue(hall.count(Counter.QUEUED_BYTES) <= 100);
    }

    @Test
    void aCleanStartThrowsEverythingAwayAndTheCountersKnow() {
        SessionHall.subscribe(session, "t", 1);
        session.detach(link, false);
        publish(1, 4, 1);
        link = new FakeLink(SessionHall.DOOR);
        session.attach(link, SessionHall.how(true, Session.NEVER, null));
        session.begin(0);
        publish(5, 5, 1);
        assertEquals(List.of(), link.take());
        assertEquals(
                List.of(0, 0),
                List.of(session.outbox().queued(), session.outbox().inflight()));
        assertEquals(0, hall.count(Counter.QUEUED_MESSAGES));
        assertEquals(0, hall.count(Counter.QUEUED_BYTES));
        assertTrue(session.subscriptions().all().isEmpty());
    }
}
