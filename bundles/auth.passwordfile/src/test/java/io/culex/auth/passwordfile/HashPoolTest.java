// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.passwordfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.message.ReasonCode;
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
    private static final AuthAnswer BUSY = new AuthAnswer.Deny(ReasonCode.SERVER_BUSY, "");

    private final AtomicLong nanos = new AtomicLong();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch busyThread = new CountDownLatch(1);
    private final HashPool pool = new HashPool("test", 1, 4, Duration.ofSeconds(10), nanos::get);

    @AfterEach
    void close() {
        release.countDown();
        pool.close();
    }

    @Test
    void answersFromAnotherThread() throws Exception {
        CompletableFuture<String> thread = new CompletableFuture<>();

        AuthAnswer answer = get(login(1, () -> {
            thread.complete(Thread.currentThread().getName());
            return AuthAnswer.ALLOW;
        }));

        assertEquals(AuthAnswer.ALLOW, answer);
        assertEquals("culex-auth-test", thread.get());
    }

    @Test
    void refusesWhatDoesNotFitAsBusyAtOnce() throws Exception {
        List<CompletableFuture<AuthAnswer>> waiting = new ArrayList<>();
        waiting.add(occupy(1));
        for (int address = 2; address <= 5; address++) {
            waiting.add(login(address, () -> AuthAnswer.ALLOW));
        }
        assertEquals(4, pool.waiting());

        assertEquals(BUSY, get(login(6, () -> AuthAnswer.ALLOW)));
        assertEquals(1, pool.busy());
        release.countDown();
        for (CompletableFuture<AuthAnswer> login : waiting) {
            assertEquals(AuthAnswer.ALLOW, get(login));
        }
        assertEquals(AuthAnswer.ALLOW, get(login(6, () -> AuthAnswer.ALLOW)));
    }

    @Test
    void leavesHalfOfThePlacesToOtherAddresses() throws Exception {
        CompletableFuture<AuthAnswer> first = occupy(1);
        CompletableFuture<AuthAnswer> second = login(1, () -> AuthAnswer.ALLOW);
        CompletableFuture<AuthAnswer> third = login(1, () -> AuthAnswer.ALLOW);

        assertEquals(BUSY, get(login(1, () -> AuthAnswer.ALLOW)));
        CompletableFuture<AuthAnswer> other = login(2, () -> AuthAnswer.ALLOW);
        assertFalse(other.isDone());
        release.countDown();
        for (CompletableFuture<AuthAnswer> login : List.of(first, second, third, other)) {
            assertEquals(AuthAnswer.ALLOW, get(login));
        }
        assertEquals(AuthAnswer.ALLOW, get(login(1, () -> AuthAnswer.ALLOW)));
    }

    @Test
    void doesNoWorkForWhoHasWaitedTooLong() throws Exception {
        AtomicInteger worked = new AtomicInteger();
        CompletableFuture<AuthAnswer> first = occupy(1);
        CompletableFuture<AuthAnswer> late = login(2, () -> {
            worked.incrementAndGet();
            return AuthAnswer.ALLOW;
        });

        nanos.set(Duration.ofSeconds(11).toNanos());
        release.countDown();

        assertEquals(AuthAnswer.ALLOW, get(first));
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
        assertEquals(AuthAnswer.DENY, get(login(1, () -> AuthAnswer.DENY)));
    }

    @Test
    void refusesThoseThatWaitWhenItCloses() throws Exception {
        CompletableFuture<AuthAnswer> first = occupy(1);
        CompletableFuture<AuthAnswer> waiting = login(2, () -> AuthAnswer.ALLOW);

        pool.close();

        assertEquals(BUSY, get(waiting));
        assertEquals(BUSY, get(login(3, () -> AuthAnswer.ALLOW)));
        release.countDown();
        assertEquals(AuthAnswer.ALLOW, get(first));
    }

    /** A login that holds the only thread until released. */
    private CompletableFuture<AuthAnswer> occupy(int address) throws Exception {
        CompletableFuture<AuthAnswer> login = login(address, () -> {
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
            return AuthAnswer.ALLOW;
        });
        busyThread.await();
        return login;
    }

    private CompletableFuture<AuthAnswer> login(int address, Supplier<AuthAnswer> work) throws UnknownHostException {
        return pool.run(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) address}), BUSY, work)
                .toCompletableFuture();
    }

    private static AuthAnswer get(CompletableFuture<AuthAnswer> answer) throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }
}
