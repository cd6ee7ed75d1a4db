// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.config.ListenerSettings;
import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import io.culex.core.net.TestBroker;
import io.culex.core.route.Publication;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A plugin that is there and has nothing to decide by, as with a file that is broken: what it denies is not for good. */
class UnreadyTest {
    private final SessionHall hall = new SessionHall();
    private final FakeLink link = new FakeLink(SessionHall.DOOR);
    private final Users users = new Users();
    private Session session = hall.connect("id", link);

    /** Denies everything until it is ready, then what it is told to. */
    private static final class Users implements Authorizer {
        private final Set<Access> denied = EnumSet.noneOf(Access.class);
        private boolean ready;
        private long changes;

        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            return ready && !denied.contains(access) ? Verdict.ALLOW : Verdict.DENY;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public long changes() {
            return changes;
        }
    }

    @BeforeEach
    void subscribe() {
        SessionHall.subscribe(session, "a/#", 1);
    }

    @AfterEach
    void stop() {
        hall.plugins.close();
    }

    private void bind() {
        hall.plugins.bind("acl", users);
        hall.take(BrokerSettings.DEFAULTS, "acl");
        session.lookAgain();
    }

    private void ready(Access... denied) {
        users.ready = true;
        users.changes++;
        users.denied.addAll(List.of(denied));
        session.lookAgain();
        session.resume();
    }

    @Test
    void takesNoSubscriptionAwayOfAClientWhoIsNotThere() {
        session.detach(link, false);
        bind();
        assertEquals(1, session.subscriptions().size());
        ready();
        assertEquals(1, session.subscriptions().size());
    }

    @Test
    void takesThemAwayAsSoonAsItCanSayThatTheyAreNotAllowed() {
        bind();
        assertEquals(1, session.subscriptions().size());
        ready(Access.SUBSCRIBE);
        assertEquals(0, session.subscriptions().size());
    }

    @Test
    void whatIsPublishedMeanwhileWaits() {
        bind();
        hall.publish("a/b", "x", 1);
        assertEquals(List.of(), link.take());
        ready();
        assertEquals(List.of("q1 #1 a/b=x"), link.take());
    }

    @Test
    void whatWaitsIsDecidedInTheEnd() {
        bind();
        hall.publish("a/b", "x", 1);
        ready(Access.READ);
        assertEquals(List.of(), link.take());
        assertEquals(0, session.outbox().queued());
    }

    @Test
    void aWillWaits() {
        aWillWaits(this::bind);
    }

    @Test
    void aWillThatIsLeftToItWaits() {
        aWillWaits(() -> bindBehind(Verdict.IGNORE));
    }

    private void aWillWaits(Runnable bind) {
        session.detach(link, true);
        session = hall.connect("id", link, SessionHall.how(false, Session.NEVER, SessionHall.will("gone", 0)));
        FakeLink free = new FakeLink("");
        SessionHall.subscribe(hall.connect("free", free, SessionHall.system()), "will", 0);
        bind.run();
        session.detach(link, false);
        hall.loops.pass(Duration.ofSeconds(60));
        assertEquals(List.of(), free.take());
        ready();
        hall.loops.pass(Duration.ofSeconds(1));
        assertEquals(List.of("q0 will=gone"), free.take());
    }

    @Test
    void aWillOfASessionThatIsOverDoesNotWait() {
        session.detach(link, true);
        FakeLink other = new FakeLink(SessionHall.DOOR);
        Session brief = hall.connect("short", other, SessionHall.how(true, 0, SessionHall.will("gone", 0)));
        FakeLink free = new FakeLink("");
        SessionHall.subscribe(hall.connect("free", free, SessionHall.system()), "will", 0);
        bind();
        brief.detach(other, false);
        hall.loops.pass(Duration.ofSeconds(1));
        ready();
        hall.loops.pass(Duration.ofSeconds(1));
        assertEquals(List.of(), free.take());
    }

    /** Asked before the one that has nothing to decide by. */
    private void bindBehind(Verdict verdict) {
        hall.plugins.bind("first", new Always(verdict));
        hall.plugins.bind("acl", users);
        hall.take(BrokerSettings.DEFAULTS, "first", "acl");
        session.lookAgain();
    }

    private record Always(Verdict verdict) implements Authorizer {
        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            return verdict;
        }

        @Override
        public long changes() {
            return 0;
        }
    }

    @Test
    void holdsNobodyUpWhoIsNotLeftToIt() {
        bindBehind(Verdict.ALLOW);
        hall.publish("a/b", "x", 1);
        assertEquals(List.of("q1 #1 a/b=x"), link.take());
    }

    @Test
    void whatIsLeftToItWaits() {
        bindBehind(Verdict.IGNORE);
        hall.publish("a/b", "x", 1);
        session.detach(link, false);
        hall.publish("a/b", "y", 1);
        FakeLink next = new FakeLink(SessionHall.DOOR);
        hall.connect("id", next);
        assertEquals(List.of(), next.take());
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, session.refusal("a/b", session.gate()));
        ready();
        assertEquals(List.of("q1 #1 a/b=x", "q1 #2 a/b=y"), next.take());
    }

    @Test
    void whatIsLeftToItMayBeUnsubscribedFrom() {
        bindBehind(Verdict.IGNORE);
        assertEquals(
                0, session.subscriptions().unsubscribe("a/#", session.gate()).code());
    }

    @Test
    void takesNoSubscriptionAwayEitherThatIsLeftToIt() {
        bindBehind(Verdict.IGNORE);
        assertEquals(1, session.subscriptions().size());
        ready(Access.SUBSCRIBE);
        assertEquals(0, session.subscriptions().size());
    }

    @Test
    void whatThePluginBeforeItDeniesIsTakenAway() {
        bindBehind(Verdict.DENY);
        assertEquals(0, session.subscriptions().size());
    }

    @Test
    void retainedMessagesOfOthersGoPastOneWhoseSourceItIsToDecideAbout() {
        hall.plugins.bind("acl", users);
        ListenerSettings door = TestBroker.door(0);
        ListenerSettings.Access access = new ListenerSettings.Access(true, true, "auto-", null, false, List.of("acl"));
        ListenerSettings shut = new ListenerSettings(
                "shut", door.binding(), "mqtt", ListenerSettings.Clients.DEFAULTS, access, Map.of());
        hall.plugins.registry().commit(new Generation(100, "run", BrokerSettings.DEFAULTS, List.of(door, shut)));
        Subject sender = new Subject("publisher", null, Peer.of("shut", null));
        for (Subject by : List.of(sender, session.subject())) {
            Message message = Message.of("r/" + by.clientId(), "x").withRetain(true);
            hall.services.router().retained().set(Publication.of(message, 0, 0, by));
        }
        SessionHall.subscribe(session, "r/#", 1);
        assertEquals(List.of("q0 retain r/id=x"), link.take());
    }

    @Test
    void unsubscribingNeedsNobodyWhoCannotSay() {
        bind();
        assertEquals(
                0, session.subscriptions().unsubscribe("a/#", session.gate()).code());
        assertEquals(0, session.subscriptions().size());
    }
}
