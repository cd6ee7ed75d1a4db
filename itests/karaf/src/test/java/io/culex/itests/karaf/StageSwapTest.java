// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Ports;
import io.culex.testkit.pki.Authority;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The bundles of the stages are updated and restarted while clients are connected through each of them. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public final class StageSwapTest {
    private static final String PORT = "culex.test.stage.";
    private static final int CLIENTS = 1000;
    private static final int SWAPS = 20;
    private static final Map<String, String> CLASSES =
            Map.of("tls", "TlsStage", "websocket", "WebSocketStage", "proxy", "ProxyStage");
    private static final List<String> STAGES = List.copyOf(CLASSES.keySet());

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] configuration() throws IOException {
        Path folder = Files.createTempDirectory("culex-stages-");
        Authority.root("Root").server().write(folder, "server");
        List<Integer> ports = List.of(Ports.free(), Ports.free(), Ports.free());
        Path conf = Files.writeString(
                folder.resolve("culex.conf"),
                """
                allow_anonymous true
                connection_messages false
                listener %d 127.0.0.1
                certfile %s/server.crt
                keyfile %s/server.key
                listener %d 127.0.0.1
                protocol websockets
                listener %d 127.0.0.1
                enable_proxy_protocol 1
                """
                        .formatted(ports.get(0), folder, folder, ports.get(1), ports.get(2)));
        return Distribution.with(
                "scr",
                conf,
                Map.of(PORT + "tls", ports.get(0), PORT + "websocket", ports.get(1), PORT + "proxy", ports.get(2)));
    }

    @Test
    public void noClientIsDroppedAndClassLoadersDoNotPileUp() throws Exception {
        for (String stage : STAGES) {
            int port = Integer.getInteger(PORT + stage);
            Await.until(Duration.ofSeconds(30), () -> "the listener", () -> BrokerProcess.accepts(port));
        }
        List<StagedClient> clients = new ArrayList<>();
        List<WeakReference<ClassLoader>> before = new ArrayList<>();
        try {
            for (String stage : STAGES) {
                for (int i = 0; i < CLIENTS; i++) {
                    clients.add(StagedClient.connect(stage, Integer.getInteger(PORT + stage), "c" + i));
                }
            }
            for (int swap = 0; swap < SWAPS; swap++) {
                for (String stage : STAGES) {
                    before.add(swap(stage, swap));
                    awaitNewClient(stage, swap);
                }
                for (StagedClient client : clients) {
                    client.ping();
                }
            }
            awaitCollected(before);
        } finally {
            for (StagedClient client : clients) {
                client.close();
            }
        }
    }

    /** The class loader that goes with an update; restarting keeps it. */
    private WeakReference<ClassLoader> swap(String stage, int swap) throws BundleException, ClassNotFoundException {
        Bundle bundle = new Bundles(context).named("io.culex.transport." + stage);
        ClassLoader loader = bundle.loadClass("io.culex.transport." + stage + "." + CLASSES.get(stage))
                .getClassLoader();
        if (swap % 2 == 0) {
            bundle.update();
            return new WeakReference<>(loader);
        }
        bundle.stop();
        bundle.start();
        return new WeakReference<>(null);
    }

    private static void awaitNewClient(String stage, int swap) throws Exception {
        try (StagedClient client = StagedClient.connect(stage, Integer.getInteger(PORT + stage), "new" + swap)) {
            client.ping();
        }
    }

    /** One of each may be held by what the JVM made while that one was first used; the others must go. */
    private static void awaitCollected(List<WeakReference<ClassLoader>> loaders) {
        assertEquals(SWAPS * STAGES.size(), loaders.size());
        Await.until(Duration.ofSeconds(60), () -> "the class loaders of old bundles to go: " + held(loaders), () -> {
            System.gc();
            return held(loaders).size() <= STAGES.size();
        });
    }

    /** The stages whose old class loaders are there still, each with the number of the swap that it was replaced in. */
    private static List<String> held(List<WeakReference<ClassLoader>> loaders) {
        return IntStream.range(0, loaders.size())
                .filter(i -> loaders.get(i).get() != null)
                .mapToObj(i -> STAGES.get(i % STAGES.size()) + " " + i / STAGES.size())
                .toList();
    }
}
