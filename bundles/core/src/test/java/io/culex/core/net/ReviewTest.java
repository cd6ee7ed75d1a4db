// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.core.loop.Clock;
import io.culex.core.loop.Loop;
import io.culex.core.loop.Loops;
import io.culex.core.plugin.Current;
import io.culex.core.plugin.Observers;
import io.culex.core.route.Router;
import io.culex.core.session.Attachment;
import io.culex.core.session.Directory;
import io.culex.core.session.Identity;
import io.culex.core.session.Link;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import io.culex.core.session.Standing;
import io.culex.testkit.RecordedLog;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReviewTest {
    private static final int SESSIONS = 100;

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Loop loop = new Loop(0, 1, tasks::add, tasks::add, (task, millis) -> {}, new Hurrying());
    private final Directory directory = new Directory();
    private int looks;

    /** A millisecond later at each look. */
    private final class Hurrying implements Clock {
        @Override
        public long millis() {
            return nanos() / 1_000_000;
        }

        @Override
        public long nanos() {
            looks++;
            return looks * 1_000_000L;
        }
    }

    private Review review() {
        Loops loops = new Loops(java.util.List.of(loop));
        RecordedLog log = new RecordedLog();
        Current current = new Current();
        Services services = new Services(
                loops, new Router(loops, Clock.SYSTEM, current), directory, current, new Observers(log), log);
        for (int i = 0; i < SESSIONS; i++) {
            services.directory().claim(new Identity("", "c" + i), services, loop, session -> {});
        }
        return new Review(services);
    }

    /** Runs what there is until nothing is left; returns how many tasks it was. */
    private int run() {
        int done = 0;
        for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
            next.run();
            done++;
        }
        return done;
    }

    @Test
    void aLoopTurnsToItsOtherWorkInBetween() {
        Review review = review();
        run();
        review.begin();
        looks = 0;
        int turns = run();
        assertTrue(turns >= SESSIONS / 3, "tasks: " + turns);
        assertTrue(looks >= SESSIONS, "looks: " + looks);
        assertEquals(0, run());
    }

    @Test
    void changesThatComeFasterThanAReviewLeaveNobodyOut() {
        Review review = review();
        run();
        Set<String> seen = new HashSet<>();
        Subject subject = new Subject("id", null, Peer.of("door", null));
        Attachment how = new Attachment(true, subject, Standing.CLIENT, 0, null);
        directory.all().forEach(session -> session.attach(link(session, seen), how));
        review.begin();
        for (int round = 0; round < 2_000; round++) {
            for (int i = 0; i < 10 && !tasks.isEmpty(); i++) {
                tasks.remove().run();
            }
            review.begin();
        }
        assertEquals(SESSIONS, seen.size());
    }

    private static Link link(Session session, Set<String> seen) {
        return (Link) Proxy.newProxyInstance(
                Link.class.getClassLoader(), new Class<?>[] {Link.class}, (link, method, given) -> {
                    if (method.getName().equals("lookAgain")) {
                        seen.add(session.clientId());
                    }
                    Class<?> answer = method.getReturnType();
                    return answer == boolean.class ? Boolean.FALSE : answer == int.class ? 0 : null;
                });
    }

    @Test
    void aChangeInBetweenBeginsAgainAndDoesNotDoIt() {
        Review review = review();
        run();
        review.begin();
        int once = run();
        review.begin();
        for (int i = 0; i < 10; i++) {
            tasks.remove().run();
        }
        review.begin();
        int again = run();
        assertTrue(again < once + 10, again + " tasks, not " + once);
    }
}
