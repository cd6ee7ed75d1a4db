// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;

import io.culex.itests.karaf.routes.Queues;
import io.culex.itests.karaf.routes.Routes;
import io.culex.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.Test;

/** The gateway to Camel in Apache Karaf as it is downloaded: files to the broker to JMS, and back, under load. */
public final class CamelRoutesTest {
    private static final int MESSAGES = 2_000;
    private static final String REPOSITORY =
            "mvn:io.culex/features/" + System.getProperty("culex.version") + "/xml/features";
    private static final String ACL =
            """
            topic readwrite secret/#
            user route
            topic readwrite up
            topic readwrite down
            """;

    private final Path folder = Path.of("target", "camel-routes").toAbsolutePath();

    private static Set<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file for each message, whole at once. */
    private void write(String to, String message) {
        try {
            Path target = Files.createDirectories(folder.resolve(to)).resolve(message);
            Path part = Files.writeString(target.resolveSibling("." + message), message);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void feed(int from, int to) {
        IntStream.range(from, to).forEach(i -> write("in", "message-" + i));
    }

    private void awaitArrived(int count) {
        Path out = folder.resolve("out");
        Await.until(
                Duration.ofSeconds(90),
                () -> count + " messages to arrive, but " + names(out).size() + " have",
                () -> names(out).size() >= count);
    }

    private void install(StockKaraf karaf) throws Exception {
        Ssh ssh = karaf.ssh();
        ssh.expect("feature:repo-add file:" + System.getProperty("culex.camel.features"));
        ssh.expect("feature:repo-add " + REPOSITORY);
        ssh.expect("feature:install --no-auto-refresh culex culex-camel camel-jms-of-the-tests");
        karaf.awaitBroker(true);
        for (Path jar : new Path[] {
            ComponentBundle.write(folder, "culex.test.queues", Queues.class, "org.apache.activemq"),
            ComponentBundle.write(folder, "culex.test.routes", Routes.class, "org.apache.camel", "org.apache.activemq")
        }) {
            ssh.expect("bundle:install -s file:" + jar);
        }
    }

    /** What the rules of the broker deny a route neither goes out nor comes in. */
    private void denials(StockKaraf karaf) throws Exception {
        write("forbidden", "outward");
        Path refused = folder.resolve("forbidden/refused");
        Await.until("the denied message to be refused", () -> names(refused).contains("outward"));
        assertEquals(
                0,
                Outcome.of(new ProcessBuilder(
                                "mosquitto_pub",
                                "-h",
                                "127.0.0.1",
                                "-p",
                                String.valueOf(karaf.mqtt()),
                                "-q",
                                "1",
                                "-t",
                                "secret/in",
                                "-m",
                                "inward"))
                        .exit());
    }

    @Test
    public void messagesGoBothWaysUnderLoadAndOverUpdates() throws Exception {
        Outcome.of(new ProcessBuilder("rm", "-rf", folder.toString()));
        Files.createDirectories(folder);
        Path acl = Files.writeString(folder.resolve("acl"), ACL);
        Path repository = Path.of(System.getProperty("culex.repository"));
        try (StockKaraf karaf = new StockKaraf(
                "stock-camel", repository, "acl_file " + acl + "\n", Routes.FOLDER + " = " + folder + "\n")) {
            install(karaf);
            denials(karaf);
            feed(0, MESSAGES / 2);
            awaitArrived(MESSAGES / 10);
            CompletableFuture<String> update = karaf.ssh().beside("bundle:update io.culex.gateway.camel");
            feed(MESSAGES / 2, MESSAGES * 3 / 4);
            update.join();
            awaitArrived(MESSAGES * 6 / 10);
            update = karaf.ssh().beside("bundle:update culex.test.routes");
            feed(MESSAGES * 3 / 4, MESSAGES);
            update.join();
            awaitArrived(MESSAGES);
            Set<String> expected = IntStream.range(0, MESSAGES)
                    .mapToObj(i -> "message-" + i)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(expected, names(folder.resolve("out")));
            assertEquals(Set.of(), names(folder.resolve("leaked")));
            assertEquals(0, karaf.stop());
        }
    }
}
