// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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

/**
 * The bridge's bundle is updated, restarted and refreshed under 1,000 messages a second of QoS 1 and 2; the broker is its own other
 * end. Nothing is lost, nothing of QoS 2 comes twice, and nobody is dropped.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public final class BridgeSwapTest {
    private static final String PORT = "culex.test.port";
    private static final int SWAPS = 6;
    private static final int MESSAGES_BETWEEN = 500;
    private static final long PERIOD_NANOS = 2_000_000;

    private final AtomicBoolean stop = new AtomicBoolean();

    @Inject
    private BundleContext context;

    /** The messages of one level. */
    private final class Stream {
        private final int qos;
        private final AtomicInteger published = new AtomicInteger();
        private final List<Integer> received = new CopyOnWriteArrayList<>();

        Stream(int qos) {
            this.qos = qos;
        }

        void publish() {
            try (WireClient client = connect("publisher" + qos)) {
                long next = System.nanoTime();
                while (!stop.get()) {
                    int number = published.get() + 1;
                    assertEquals(0, client.publish("swap/" + qos, Integer.toString(number), qos));
                    published.set(number);
                    next += PERIOD_NANOS;
                    LockSupport.parkNanos(next - System.nanoTime());
                }
            }
        }

        void receive() {
            try (WireClient client = connect("subscriber" + qos)) {
                client.subscribe("far/swap/" + qos, qos);
                subscribed.countDown();
                while (!stop.get() || last() < published.get()) {
                    client.receiveWithin(Duration.ofMillis(200))
                            .ifPresent(packet -> received.add(Integer.valueOf(
                                    client.acknowledge((Publish) packet).text())));
                }
            }
        }

        private int last() {
            return received.isEmpty() ? 0 : received.get(received.size() - 1);
        }
    }

    private final CountDownLatch subscribed = new CountDownLatch(2);

    @Configuration
    public Option[] configuration() throws IOException {
        int port = Ports.free();
        Path folder = Files.createTempDirectory("culex-bridge-");
        Path conf = Files.writeString(
                folder.resolve("culex.conf"),
                """
                allow_anonymous true
                max_queued_messages 0
                listener %d 127.0.0.1
                connection mirror
                address 127.0.0.1:%d
                restart_timeout 1
                topic swap/# out 2 "" far/
                """
                        .formatted(port, port));
        return Distribution.with("scr", conf, Map.of(PORT, port));
    }

    @Test
    public void nothingIsLostOrDoubledAndNobodyIsDropped() throws Exception {
        int port = Integer.getInteger(PORT);
        Await.until(Duration.ofSeconds(60), () -> "the listener", () -> BrokerProcess.accepts(port));
        List<Stream> streams = List.of(new Stream(1), new Stream(2));
        List<CompletableFuture<Void>> running = new ArrayList<>();
        streams.forEach(stream -> running.add(CompletableFuture.runAsync(stream::receive, threads())));
        assertTrue(subscribed.await(30, TimeUnit.SECONDS));
        streams.forEach(stream -> running.add(CompletableFuture.runAsync(stream::publish, threads())));
        for (int i = 0; i < SWAPS; i++) {
            new Bundles(context).exchange("io.culex.bridge", i);
            for (Stream stream : streams) {
                int enough = stream.published.get() + MESSAGES_BETWEEN / SWAPS;
                Await.until("messages after exchange " + i, () -> stream.received.size() >= enough);
            }
        }
        stop.set(true);
        for (CompletableFuture<Void> each : running) {
            each.get(60, TimeUnit.SECONDS);
        }
        for (Stream stream : streams) {
            List<Integer> got = stream.qos == 2
                    ? stream.received
                    : stream.received.stream().distinct().toList();
            assertEquals(
                    IntStream.rangeClosed(1, stream.published.get()).boxed().toList(), got);
        }
        System.out.println(
                SWAPS + " exchanges of the bridge, " + streams.get(0).published.get() + " messages of QoS 1, "
                        + streams.get(1).published.get() + " of QoS 2");
    }

    private static Executor threads() {
        return task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        };
    }

    private static WireClient connect(String id) {
        WireClient client = WireClient.open(Ports.local(Integer.getInteger(PORT)), ProtocolVersion.V5);
        client.connect(Connect.as(id).resume().expiry(1000));
        return client;
    }
}
