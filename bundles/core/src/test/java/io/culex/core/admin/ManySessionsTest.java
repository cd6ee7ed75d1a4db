// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.SessionInfo;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.core.local.LocalSessionsService;
import io.culex.core.loop.Loop;
import io.culex.core.net.TestBroker;
import io.culex.transport.Doors;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A question about very many sessions is answered at once, and no loop stands still for it. */
class ManySessionsTest {
    private static final int SESSIONS = 50_000;
    private static final long ANSWER_MILLIS = 1_000;
    private static final long STALL_MILLIS = 250;

    @Test
    void fiftyThousandSessionsAreListedWithinASecondWithoutALoopStandingStill() throws Exception {
        try (TestBroker broker = new TestBroker(2)) {
            openSessions(broker);
            Doors doors = (Doors) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Doors.class}, (p, method, args) -> 0);
            BrokerAdminService admin = new BrokerAdminService(broker.broker(), doors);
            // The first one makes the classes and the code.
            ask(admin);
            Probe probe = new Probe(broker.broker().services().loops().get(0));
            long begin = System.nanoTime();
            List<SessionInfo> all = ask(admin);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            long stall = TimeUnit.NANOSECONDS.toMillis(probe.longest());
            System.out.println(SESSIONS + " sessions listed in " + took + " ms; a loop was late by " + "at most "
                    + stall + " ms meanwhile");
            assertEquals(SESSIONS, all.size());
            assertTrue(took < ANSWER_MILLIS, took + " ms");
            assertTrue(stall < STALL_MILLIS, stall + " ms");
        }
    }

    private static List<SessionInfo> ask(BrokerAdminService admin) throws Exception {
        return admin.sessions().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static void openSessions(TestBroker broker) {
        LocalSessionsService service = new LocalSessionsService(broker.broker());
        List<CompletableFuture<LocalSession>> opened = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            opened.add(service.open(LocalSessionRequest.system("client-" + i), delivery -> {})
                    .toCompletableFuture());
        }
        CompletableFuture.allOf(opened.toArray(CompletableFuture[]::new)).join();
    }

    /** Asks a loop to do something each millisecond, and measures how late it is. */
    private static final class Probe {
        private final Loop loop;
        private final AtomicLong longest = new AtomicLong();
        private final AtomicBoolean over = new AtomicBoolean();
        private final CountDownLatch ended = new CountDownLatch(1);

        Probe(Loop loop) {
            this.loop = loop;
            loop.execute(this::next);
        }

        private void next() {
            long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
            loop.schedule(
                    () -> {
                        longest.accumulateAndGet(System.nanoTime() - due, Math::max);
                        if (over.get()) {
                            ended.countDown();
                        } else {
                            next();
                        }
                    },
                    1);
        }

        long longest() throws InterruptedException {
            over.set(true);
            assertTrue(ended.await(10, TimeUnit.SECONDS));
            return longest.get();
        }
    }
}
