// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.Publish;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** {@code bin/culex} on the newest Java that is installed, where that is newer than the one everything else is tested on. */
class NewerJavaTest {
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    /** A Java and where it is. */
    private record Java(Runtime.Version version, Path home) {
        static Optional<Java> at(Path home) {
            try {
                return Files.readAllLines(home.resolve("release")).stream()
                        .filter(line -> line.startsWith("JAVA_VERSION="))
                        .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                        .map(version -> new Java(Runtime.Version.parse(version), home))
                        .findFirst();
            } catch (IOException e) {
                return Optional.empty(); // a folder of something else
            }
        }
    }

    private static Java newest() throws IOException {
        List<Path> homes = List.of();
        if (Files.isDirectory(INSTALLED)) {
            try (Stream<Path> folders = Files.list(INSTALLED)) {
                homes = folders.toList();
            }
        }
        Optional<Java> newest = homes.stream()
                .flatMap(home -> Java.at(home).stream())
                .filter(java -> java.version().feature() > Runtime.version().feature())
                .max(Comparator.comparing(Java::version));
        Assumptions.assumeTrue(newest.isPresent(), "no newer Java in " + INSTALLED);
        return newest.get();
    }

    private static WireClient durable(BrokerProcess broker) {
        WireClient client = WireClient.open(broker.address(), ProtocolVersion.V5);
        client.connect(Connect.as("durable").resume().expiry(1000));
        return client;
    }

    private static void start(BrokerProcess broker, Java java) {
        broker.run(
                Map.of("JAVA_HOME", java.home().toString()),
                "-c",
                broker.configuration().toString());
        broker.awaitReady();
        assertTrue(
                ProcessHandle.of(broker.pid())
                        .flatMap(process -> process.info().command())
                        .orElse("")
                        .startsWith(java.home().toString()),
                "runs on another Java");
    }

    @Test
    void keepsLargeAndSmallMessages() throws IOException {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "others need no Java");
        Java java = newest();
        // Larger than the pieces of memory by which the store takes messages.
        List<String> texts = List.of("first", "x".repeat(3 << 20), "middle", "y".repeat(2 << 20), "last");
        try (BrokerProcess broker = BrokerProcess.prepare(BrokerKind.CULEX)) {
            broker.configure(
                    """
                    user root
                    allow_anonymous true
                    max_packet_size 8000000
                    persistence true
                    persistence_location %s
                    listener {port} 127.0.0.1
                    """
                            .formatted(broker.folder().resolve("store")));
            start(broker, java);
            try (WireClient client = durable(broker)) {
                client.subscribe("t", 2);
            }
            try (WireClient publisher = WireClient.open(broker.address(), ProtocolVersion.V5)) {
                publisher.connect(Connect.as("publisher"));
                for (int i = 0; i < texts.size(); i++) {
                    publisher.publish("t", texts.get(i), 1 + i % 2);
                }
            }
            assertEquals(0, broker.stop());
            start(broker, java);
            try (WireClient client = durable(broker)) {
                for (String text : texts) {
                    Publish message = client.expectPublish(text);
                    client.acknowledge(message);
                }
                client.expectNothing();
            }
            assertEquals(0, broker.logged("Error"), broker::log);
        }
    }
}
