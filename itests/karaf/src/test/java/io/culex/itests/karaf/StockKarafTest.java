// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.culex.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.Test;

/** The broker in Apache Karaf as it is downloaded: installed, used, and removed without a trace. */
public final class StockKarafTest {
    private static final String VERSION = System.getProperty("culex.version");
    private static final String REPOSITORY = "mvn:io.culex/features/" + VERSION + "/xml/features";

    /** Bundles and configurations, without numbers, which grow. */
    private static String traces(StockKaraf karaf) throws IOException, InterruptedException {
        String bundles = karaf.ssh().expect("bundle:list -t 0 -s -u --no-format");
        String configurations = karaf.ssh().expect("config:list --short '(service.pid=io.culex*)'");
        return bundles.replaceAll("(?m)^\\s*\\d+\\s+", "").lines().sorted().toList() + configurations;
    }

    private static boolean isAsIn(String before, StockKaraf karaf) {
        try {
            return before.equals(traces(karaf));
        } catch (IOException | AssertionError e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void useIt(StockKaraf karaf) throws Exception {
        karaf.awaitBroker(true);
        String port = String.valueOf(karaf.mqtt());
        CompletableFuture<Outcome> subscriber = CompletableFuture.supplyAsync(() -> {
            try {
                return Outcome.of(new ProcessBuilder(
                        "mosquitto_sub",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        port,
                        "-q",
                        "1",
                        "-t",
                        "in/karaf",
                        "-C",
                        "1",
                        "-W",
                        "30"));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        List<String> publish = List.of(
                "mosquitto_pub", "-h", "127.0.0.1", "-p", port, "-q", "1", "-r", "-t", "in/karaf", "-m", "hello");
        assertEquals(0, Outcome.of(new ProcessBuilder(publish)).exit());
        assertEquals("hello\n", subscriber.get().text());
        String shown = karaf.ssh().expect("mqtt:listeners --plain; mqtt:retained-get in/karaf");
        assertTrue(shown, shown.contains("127.0.0.1:" + port) && shown.contains("hello"));
    }

    @Test
    public void comesByTheRepositoryAndLeavesNothing() throws Exception {
        Path repository = Path.of(System.getProperty("culex.repository"));
        Path rules = Files.writeString(Files.createTempFile("culex-acl", ".txt"), "topic readwrite #\n");
        try (StockKaraf karaf = new StockKaraf("stock", repository, "acl_file " + rules + "\n", "")) {
            String before = traces(karaf);
            karaf.ssh().expect("feature:repo-add " + REPOSITORY);
            karaf.ssh().expect("feature:install --no-auto-refresh culex culex-shell");
            useIt(karaf);
            String info = karaf.ssh().expect("mqtt:info");
            assertTrue(info, info.matches("(?s).*features refresh bundles +yes.*"));
            karaf.ssh()
                    .expect("feature:uninstall --no-auto-refresh culex culex-shell; feature:repo-remove " + REPOSITORY);
            karaf.awaitBroker(false);
            assertEquals(before, traces(karaf));
            assertEquals(0, karaf.stop());
        } finally {
            Files.delete(rules);
        }
    }

    @Test
    public void comesByItsArchiveWithoutARepository() throws Exception {
        Path nothing = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "empty-repository");
        try (StockKaraf karaf = new StockKaraf("stock-kar", nothing)) {
            String before = traces(karaf);
            Path archive = Path.of(System.getProperty("culex.kar"));
            Path deployed = Files.copy(archive, karaf.home().resolve("deploy").resolve(archive.getFileName()));
            karaf.awaitCommand("mqtt:info");
            useIt(karaf);
            Files.delete(deployed);
            karaf.awaitBroker(false);
            // Karaf refreshes its own SSH meanwhile, which the archive's BouncyCastle was wired to.
            Await.until(Duration.ofSeconds(60), () -> "nothing to be left", () -> isAsIn(before, karaf));
        }
    }
}
