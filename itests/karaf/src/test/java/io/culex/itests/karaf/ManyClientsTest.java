// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.culex.itests.karaf.crowd.LocalClients;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * Many clients are shown while messages go by. Two thousand; by hand {@code mvn -f itests/pom.xml -pl karaf test
 * -Dtest=ManyClientsTest -Dculex.clients=50000}. All but two are inside the JVM, and so more than a process may have open files; what is
 * shown of them is the same.
 */
public final class ManyClientsTest {
    private static final int CLIENTS = Integer.getInteger("culex.clients", 2000);

    private final ConsoleHouse house = ConsoleHouse.shared();
    private final Path rows = house.broker.folder().resolve("rows");

    @Test
    public void manyClientsAreShownWhileMessagesGoBy() throws Exception {
        Path folder = house.broker.folder();
        Path bundle = ComponentBundle.write(folder, "culex.test.crowd", LocalClients.class);
        house.ssh.expect("system:property " + LocalClients.COUNT + " " + CLIENTS);
        try (WireClient sender = house.connect("many-sender");
                WireClient receiver = house.connect("many-receiver")) {
            receiver.subscribe("many/clients", 0);
            house.ssh.expect("bundle:install -s file:" + bundle);
            // The first of all loads the classes of the console.
            house.ssh.expect("mqtt:clients --limit 20");
            System.out.println(
                    "nothing else: " + timed(sender, receiver, "mqtt:info").figures());
            String filter = "mqtt:clients --filter " + LocalClients.PREFIX + "*";
            for (String form : List.of(" --plain", " --json", " --sort queued --json")) {
                assertEquals(CLIENTS, rows(timed(sender, receiver, filter + form)));
            }
            assertEquals(20, rows(timed(sender, receiver, filter + " --sort queued --limit 20 --plain")));
            house.ssh.expect("bundle:uninstall culex.test.crowd");
            assertEquals(0, rows(timed(sender, receiver, filter + " --plain")));
        }
    }

    private record Shown(String command, double seconds, int messages, double longestMillis) {
        String figures() {
            return "%s: %.2f s, %d messages meanwhile, the longest took %.1f ms"
                    .formatted(command, seconds, messages, longestMillis);
        }
    }

    private long rows(Shown shown) throws IOException {
        System.out.println(shown.figures());
        assertTrue("messages went by", shown.messages() > 0);
        try (Stream<String> lines = Files.lines(rows)) {
            return lines.filter(line -> line.contains(LocalClients.PREFIX)).count();
        }
    }

    /** Runs the command while one message after the other goes from a client to the other. */
    private Shown timed(WireClient sender, WireClient receiver, String command) {
        long begin = System.nanoTime();
        CompletableFuture<Long> end = house.ssh.beside(command + " > " + rows).thenApply(text -> System.nanoTime());
        int messages = 0;
        long longest = 0;
        while (!end.isDone()) {
            long sent = System.nanoTime();
            sender.publish("many/clients", "m" + messages, 1);
            receiver.expectPublish("m" + messages);
            longest = Math.max(longest, System.nanoTime() - sent);
            messages++;
        }
        return new Shown(command, (end.join() - begin) / 1e9, messages, longest / 1e6);
    }
}
