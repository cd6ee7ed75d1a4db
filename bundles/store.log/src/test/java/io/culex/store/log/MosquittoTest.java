// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.culex.api.store.How;
import io.culex.api.store.StoredMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moves in with a database that Debian's mosquitto has written just now. */
class MosquittoTest {
    private static final Path MOSQUITTO = Path.of("/usr/sbin/mosquitto");
    private static final long LIMIT_SECONDS = 20;

    private final Path folder;
    private final Path database;

    MosquittoTest(@TempDir Path folder) {
        this.folder = folder;
        this.database = folder.resolve("mosquitto.db");
    }

    @BeforeEach
    void runMosquitto() throws Exception {
        assumeTrue(Files.isExecutable(MOSQUITTO), "needs Debian's mosquitto");
        String port = freePort();
        Path config = folder.resolve("m.conf");
        Files.writeString(
                config,
                "listener " + port + " 127.0.0.1\nallow_anonymous true\npersistence true\nuser root\n"
                        + "persistence_location " + folder + "/\n");
        Process broker = new ProcessBuilder(MOSQUITTO.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("m.log").toFile())
                .start();
        try {
            awaitPort(port);
            client("mosquitto_sub", port, "-i", "old", "-c", "-q", "2", "-t", "q/#", "-E");
            client(
                    "mosquitto_sub",
                    port,
                    "-i",
                    "new",
                    "-V",
                    "5",
                    "-c",
                    "-x",
                    "3600",
                    "-q",
                    "1",
                    "-t",
                    "q/+",
                    "-t",
                    "r/é",
                    "-D",
                    "subscribe",
                    "subscription-identifier",
                    "42",
                    "-E");
            client("mosquitto_pub", port, "-i", "p1", "-t", "q/1", "-q", "1", "-m", "one");
            client(
                    "mosquitto_pub",
                    port,
                    "-i",
                    "p2",
                    "-V",
                    "5",
                    "-u",
                    "someone",
                    "-t",
                    "q/2",
                    "-q",
                    "2",
                    "-m",
                    "two",
                    "-D",
                    "publish",
                    "user-property",
                    "a",
                    "b",
                    "-D",
                    "publish",
                    "message-expiry-interval",
                    "1000");
            client("mosquitto_pub", port, "-i", "p3", "-t", "r/x", "-q", "1", "-r", "-m", "kept");
            client("mosquitto_pub", port, "-i", "p4", "-t", "q/3", "-q", "1", "-r", "-m", "kept and queued");
        } finally {
            broker.destroy();
            assertTrue(broker.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
        }
        assertTrue(Files.exists(database));
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(socket.getLocalPort());
        }
    }

    private static void awaitPort(String port) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (System.nanoTime() < end) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
                assertTrue(socket.isConnected());
                return;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        throw new IllegalStateException("mosquitto does not listen");
    }

    private static void client(String program, String port, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program, "-h", "127.0.0.1", "-p", port));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), command.toString());
    }

    private LogStore open() throws IOException {
        return new LogStore(folder, Stores.SMALL);
    }

    @Test
    void takesOverSessionsSubscriptionsMessagesAndRetained() throws Exception {
        Content content = new Content();
        LogStore store = open();
        store.recover(content);
        assertEquals(2, content.sessions.size());
        Content.OfSession old = session(content, "old");
        Content.OfSession young = session(content, "new");
        assertTrue(old.session.endsWith(",4,4294967295,0"), old.session);
        assertTrue(young.session.matches(".*,5,3600,\\d{13}"), young.session);
        assertEquals("[q/#]", old.subscriptions.keySet().toString());
        assertTrue(old.subscriptions.toString().contains("qos=EXACTLY_ONCE"));
        assertEquals("[q/+, r/é]", young.subscriptions.keySet().toString());
        assertTrue(young.subscriptions.toString().contains("identifier=42"));

        assertEquals(
                List.of(How.of(1, false, 0), How.of(2, false, 0), How.of(1, false, 0)),
                old.deliveries.stream().map(Content.Delivery::how).toList());
        assertEquals(
                List.of(How.of(1, false, 42), How.of(1, false, 42), How.of(1, false, 42)),
                young.deliveries.stream().map(Content.Delivery::how).toList());
        List<@Nullable StoredMessage> messages = load(store, old);
        assertEquals(
                List.of("one", "two", "kept and queued"),
                messages.stream()
                        .map(message -> message == null ? "" : new String(message.payload(), StandardCharsets.UTF_8))
                        .toList());
        StoredMessage two = messages.get(1);
        assertTrue(two != null && two.expiresAtMillis() > System.currentTimeMillis());
        assertEquals("[38, 0, 1, 97, 0, 1, 98]", two == null ? "" : Arrays.toString(two.properties()));
        assertEquals("[q/3, r/x]", content.retained.keySet().toString());
        assertTrue(content.retained.toString().contains(",kept,1,true,0,StoredClient[clientId=p3"));
        store.close();
    }

    private static Content.OfSession session(Content content, String client) {
        return content.sessions.values().stream()
                .filter(session -> session.session.contains("clientId=" + client + ","))
                .findFirst()
                .orElseThrow();
    }

    private static List<@Nullable StoredMessage> load(LogStore store, Content.OfSession session) throws Exception {
        CompletableFuture<List<@Nullable StoredMessage>> loaded = new CompletableFuture<>();
        store.lane(new Acks())
                .load(
                        session.deliveries.stream()
                                .mapToLong(Content.Delivery::message)
                                .toArray(),
                        loaded::complete);
        return loaded.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void movesInOnceAndLeavesTheDatabaseAsItIs() throws Exception {
        byte[] before = Files.readAllBytes(database);
        open().close();
        LogStore store = open();
        Content content = new Content();
        store.recover(content);
        assertEquals(2, content.sessions.size());
        store.close();
        assertEquals(Arrays.toString(before), Arrays.toString(Files.readAllBytes(database)));
        assertFalse(Files.exists(folder.resolve("importing")));
    }

    @Test
    void beginsAnewAfterItWasInterrupted() throws Exception {
        open().close();
        Files.createFile(folder.resolve("importing"));
        Files.write(Stores.segments(folder).get(0), new byte[5000]);
        LogStore store = open();
        Content content = new Content();
        store.recover(content);
        assertEquals(3, session(content, "old").deliveries.size());
        store.close();
    }

    @Test
    void refusesADamagedDatabaseAndSaysWhere() throws Exception {
        byte[] bytes = Files.readAllBytes(database);
        Files.write(database, Arrays.copyOf(bytes, bytes.length - 5));
        IOException refusal = assertThrows(IOException.class, this::open);
        assertEquals("Error: " + database + " is damaged at " + (bytes.length - 16) + ".", refusal.getMessage());
        assertEquals(List.of(), Stores.segments(folder));
    }
}
