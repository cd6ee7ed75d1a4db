// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.Ports;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

/** The store's bundle is updated, restarted and refreshed while messages that it must keep flow and wait for acknowledgement. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public final class StoreSwapTest {
    private static final String PORT = "culex.test.port";
    private static final int SWAPS = 12;
    private static final int MESSAGES_BETWEEN = 50;

    private final AtomicInteger published = new AtomicInteger();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<Integer> received = new CopyOnWriteArrayList<>();
    private long longestNanos;

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] configuration() throws IOException {
        int port = Ports.free();
        Path folder = Files.createTempDirectory("culex-store-");
        Path conf = Files.writeString(
                folder.resolve("culex.conf"),
                """
                allow_anonymous true
                persistence true
                persistence_location %s
                listener %d 127.0.0.1
                """
                        .formatted(folder.resolve("store"), port));
        return Distribution.with("scr", conf, Map.of(PORT, port));
    }

    @Test
    public void nothingIsLostOrDoubledAndNobodyIsDropped() throws Exception {
        int port = Integer.getInteger(PORT);
        Await.until(Duration.ofSeconds(60), () -> "the listener", () -> BrokerProcess.accepts(port));
        try (WireClient subscriber = connect("subscriber");
                WireClient publisher = connect("publisher")) {
            subscriber.subscribe("swap", 2);
            CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publish(publisher));
            CompletableFuture<Void> receiving = CompletableFuture.runAsync(() -> receive(subscriber));
            for (int i = 0; i < SWAPS; i++) {
                new Bundles(context).exchange("io.culex.store.log", i);
                int enough = published.get() + MESSAGES_BETWEEN;
                Await.until("messages after exchange " + i, () -> published.get() >= enough || publishing.isDone());
            }
            stop.set(true);
            publishing.get(30, TimeUnit.SECONDS);
            receiving.get(30, TimeUnit.SECONDS);
        }
        assertEquals(IntStream.rangeClosed(1, published.get()).boxed().toList(), received);
        System.out.println(SWAPS + " exchanges of the store, " + published.get() + " messages, the longest wait for an "
                + "acknowledgement " + longestNanos / 1_000_000 + " ms");
    }

    private static WireClient connect(String id) {
        WireClient client = WireClient.open(Ports.local(Integer.getInteger(PORT)), ProtocolVersion.V5);
        client.connect(Connect.as(id).resume().expiry(1000));
        return client;
    }

    private void publish(WireClient client) {
        while (!stop.get()) {
            int number = published.get() + 1;
            long begin = System.nanoTime();
            assertEquals(0, client.publish("swap", Integer.toString(number), 1 + number % 2));
            longestNanos = Math.max(longestNanos, System.nanoTime() - begin);
            published.set(number);
        }
    }

    private void receive(WireClient client) {
        while (!stop.get() || received.size() < published.get()) {
            // Nothing may come any more when the publisher has just stopped.
            client.receiveWithin(Duration.ofMillis(200))
                    .ifPresent(packet -> received.add(
                            Integer.valueOf(client.acknowledge((Publish) packet).text())));
        }
    }
}
