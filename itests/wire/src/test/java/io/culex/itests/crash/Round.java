// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import io.culex.testkit.WireError;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** One life of the broker: it runs until it is killed, or until everyone has finished. */
final class Round {
    private static final int PATIENCE_SECONDS = 60;

    private final BrokerProcess broker;
    private final InetSocketAddress address;
    private volatile boolean killed;
    private volatile boolean finishing;

    Round(BrokerProcess broker) {
        this(broker, broker.address());
    }

    /** Of a broker whose port is not one of its own. */
    Round(BrokerProcess broker, InetSocketAddress address) {
        this.broker = broker;
        this.address = address;
    }

    WireClient open() {
        return WireClient.open(address, ProtocolVersion.V5);
    }

    /** Ends the session of a client that does not come back. */
    void endSession(String name) {
        try (WireClient client = open()) {
            client.connect(Connect.as(name));
            client.disconnect();
        }
    }

    /** What the broker has logged in this life. */
    List<String> log() {
        return broker.log().lines().toList();
    }

    /** Ends the process at once, whatever it is doing. */
    void kill() {
        killed = true;
        broker.signal("KILL");
    }

    /** Nothing new is begun any more. */
    void finish() {
        finishing = true;
    }

    boolean isFinishing() {
        return finishing;
    }

    /** What a client does in this round; its connection may break only because the broker was killed. */
    void run(Runnable client) {
        try {
            client.run();
        } catch (WireError e) {
            if (!killed) {
                throw e;
            }
        }
    }

    /**
     * All clients at once, each on a thread of its own.
     *
     * @return one for each, which fails when the client did
     */
    List<CompletableFuture<Void>> begin(Stream<Runnable> clients) {
        return clients.map(client -> {
                    CompletableFuture<Void> done = new CompletableFuture<>();
                    Thread thread = new Thread(() -> {
                        try {
                            run(client);
                            done.complete(null);
                        } catch (RuntimeException | AssertionError e) {
                            done.completeExceptionally(e);
                        }
                    });
                    thread.setDaemon(true);
                    thread.start();
                    return done;
                })
                .toList();
    }

    /** All clients at once, to their end. */
    void all(Stream<Runnable> clients) {
        await(begin(clients));
    }

    /** All clients at once, to their end, however long it takes as long as {@code done} grows. */
    void all(Stream<Runnable> clients, LongSupplier done) {
        CompletableFuture<Void> everyone =
                CompletableFuture.allOf(begin(clients).toArray(new CompletableFuture<?>[0]));
        long before = -1;
        while (!isOver(everyone)) {
            long now = done.getAsLong();
            assertTrue(now > before, () -> "nothing in " + PATIENCE_SECONDS + " s after " + now);
            before = now;
        }
    }

    private static boolean isOver(CompletableFuture<Void> everyone) {
        try {
            return everyone.copy()
                    .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .thenApply(any -> everyone.isDone())
                    .join();
        } catch (CompletionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /** Kills the broker after a random time while the clients are busy, and waits for their end. */
    void killWithin(int fromMillis, int toMillis, Stream<Runnable> clients) {
        killWithin(fromMillis, toMillis, () -> true, clients);
    }

    /** The same, not before a condition holds. */
    void killWithin(int fromMillis, int toMillis, BooleanSupplier notBefore, Stream<Runnable> clients) {
        List<CompletableFuture<Void>> running = begin(clients);
        Await.until("enough to happen", notBefore);
        CompletableFuture.runAsync(
                        this::kill,
                        CompletableFuture.delayedExecutor(random(fromMillis, toMillis), TimeUnit.MILLISECONDS))
                .join();
        await(running);
    }

    private static void await(List<CompletableFuture<Void>> running) {
        running.forEach(
                client -> client.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    }

    static int random(int from, int to) {
        return ThreadLocalRandom.current().nextInt(from, to);
    }
}
