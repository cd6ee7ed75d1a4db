// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HashPoolTest {
    private static final String BUSY = "busy";
    private static final String ALLOW = "allow";

    private final AtomicLong nanos = new AtomicLong();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch busyThread = new CountDownLatch(1);
    private final HashPool<String> pool = new HashPool<>("test", 1, 4, Duration.ofSeconds(10), nanos::get);

    @AfterEach
    void close() {
        release.countDown();
        pool.close();
    }

    @Test
    void answersFromAnotherThread() throws Exception {
        CompletableFuture<String> thread = new CompletableFuture<>();

        String answer = get(login(1, () -> {
            thread.complete(Thread.currentThread().getName());
            return ALLOW;
        }));

        assertEquals(ALLOW, answer);
        assertEquals("culex-auth-test", thread.get());
    }

    @Test
    void refusesWhatDoesNotFitAsBusyAtOnce() throws Exception {
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        waiting.add(occupy(1));
        for (int address = 2; address <= 5; address++) {
            waiting.add(login(address, () -> ALLOW));
        }
        assertEquals(4, pool.waiting());

        assertEquals(BUSY, get(login(6, () -> ALLOW)));
        assertEquals(1, pool.busy());
        release.countDown();
        for (CompletableFuture<String> login : waiting) {
            assertEquals(ALLOW, get(login));
        }
        assertEquals(ALLOW, get(login(6, () -> ALLOW)));
    }

    @Test
    void leavesHalfOfThePlacesToOtherAddresses() throws Exception {
        CompletableFuture<String> first = occupy(1);
        CompletableFuture<String> second = login(1, () -> ALLOW);
        CompletableFuture<String> third = login(1, () -> ALLOW);

        assertEquals(BUSY, get(login(1, () -> ALLOW)));
        CompletableFuture<String> other = login(2, () -> ALLOW);
        assertFalse(other.isDone());
        release.countDown();
        for (CompletableFuture<String> login : List.of(first, second, third, other)) {
            assertEquals(ALLOW, get(login));
        }
        assertEquals(ALLOW, get(login(1, () -> ALLOW)));
    }

    @Test
    void doesNoWorkForWhoHasWaitedTooLong() throws Exception {
        AtomicInteger worked = new AtomicInteger();
        CompletableFuture<String> first = occupy(1);
        CompletableFuture<String> late = login(2, () -> {
            worked.incrementAndGet();
            return ALLOW;
        });

        nanos.set(Duration.ofSeconds(11).toNanos());
        release.countDown();

        assertEquals(ALLOW, get(first));
        assertEquals(BUSY, get(late));
        assertEquals(0, worked.get());
    }

    @Test
    void passesOnWhatGoesWrongAndGoesOn() throws Exception {
        ExecutionException failure = assertThrows(
                ExecutionException.class,
                () -> get(login(1, () -> {
                    throw new OutOfMemoryError("for this test");
                })));

        assertTrue(failure.getCause() instanceof OutOfMemoryError);
        assertEquals("deny", get(login(1, () -> "deny")));
    }

    @Test
    void refusesThoseThatWaitWhenItCloses() throws Exception {
        CompletableFuture<String> first = occupy(1);
        CompletableFuture<String> waiting = login(2, () -> ALLOW);

        pool.close();

        assertEquals(BUSY, get(waiting));
        assertEquals(BUSY, get(login(3, () -> ALLOW)));
        release.countDown();
        assertEquals(ALLOW, get(first));
    }

    /** A login that holds the only thread until released. */
    private CompletableFuture<String> occupy(int address) throws Exception {
        CompletableFuture<String> login = login(address, () -> {
            busyThread.countDown();
            boolean interrupted = false;
            while (true) {
                try {
                    release.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return ALLOW;
        });
        busyThread.await();
        return login;
    }

    private CompletableFuture<String> login(int address, Supplier<String> work) throws UnknownHostException {
        return pool.run(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) address}), BUSY, work)
                .toCompletableFuture();
    }

    private static String get(CompletableFuture<String> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }
}
