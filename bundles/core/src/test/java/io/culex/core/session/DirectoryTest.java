// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code global_max_clients}. */
class DirectoryTest {
    private static final int MOST = 500;

    private final SessionHall hall = new SessionHall();

    @AfterEach
    void stop() {
        hall.plugins.close();
    }

    private @Nullable Session claim(String id, int most) {
        List<@Nullable Session> answers = new ArrayList<>();
        hall.services.directory().claim(new Identity("", id), hall.services, hall.loops.get(0), most, answers::add);
        return answers.get(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aLimitBelowOneIsNone(int most) {
        assertNotNull(claim("a", most));
        assertNotNull(claim("b", most));
    }

    @Test
    void thereAreNeverMoreSessionsThanMayBeHoweverManyClientsComeAtATime() throws InterruptedException {
        List<Session> given = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            Thread thread = new Thread(() -> {
                awaitQuietly(start);
                for (int i = 0; i < MOST; i++) {
                    Session session = claim(name + i, MOST);
                    if (session != null) {
                        given.add(session);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(MOST, given.size());
        assertEquals(MOST, hall.services.directory().size());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoHasASessionComesBackAndWhoseEndsLeavesAPlace() {
        Session first = hall.connect("first", new FakeLink(SessionHall.DOOR));
        assertNull(claim("second", 1));
        assertSame(first, claim("first", 1));
        first.end();
        assertNotNull(claim("second", 1));
        assertNull(claim("first", 1));
    }

    @Test
    void whatAClientPublishedIsHandedOverBeforeItMayComeBackOnAnotherLoop() {
        List<String> delivered = new ArrayList<>();
        FakeLink link = new FakeLink(SessionHall.DOOR);
        Session session = hall.connect("id", link, SessionHall.how(true, 0, null));
        hall.loops.get(0).handOver(hall.loops.get(1), receivers -> delivered.add("message"), "x");
        session.detach(link, true);
        hall.loops.iterate(1);
        assertEquals(List.of("message"), delivered);
    }
}
