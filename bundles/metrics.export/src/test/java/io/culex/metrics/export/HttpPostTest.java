// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpPostTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    /** What becomes of a request that is answered with this and nothing more. */
    private Outcome send(String answer, Duration limit) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(() -> accept(server, answer), threads);
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
            HttpPost post = new HttpPost(address, Map.of(), null, threads);
            try {
                return assertTimeoutPreemptively(LONG, () -> post.send(new byte[1], limit));
            } finally {
                accepted.join().close();
            }
        }
    }

    private static Socket accept(ServerSocket server, String answer) {
        try {
            Socket socket = server.accept();
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAnswerIsTaken() throws IOException {
        assertEquals(new Outcome.Delivered(), send("HTTP/1.1 204 No Content\r\n\r\n", LONG));
    }

    @Test
    void anAnswerThatStopsInTheMiddleIsNotWaitedForLonger() throws IOException {
        Outcome outcome = send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", Duration.ofMillis(500));
        assertInstanceOf(Outcome.Later.class, outcome);
    }

    /** What calls itself a database may send for as long as it is listened to. */
    @Test
    void ofAnAnswerWithoutEndOnlyTheBeginningIsTaken() throws IOException {
        Outcome outcome =
                send("HTTP/1.1 500 Oops\r\nContent-Length: 2000000000\r\n\r\nfull disk " + "x".repeat(70_000), LONG);
        String reason = assertInstanceOf(Outcome.Later.class, outcome).reason();
        assertTrue(reason.contains(" answers 500 (full disk xxx"), reason);
        assertTrue(reason.length() < 400, reason);
    }

    @Test
    void aLongAnswerIsTakenAsItsStatusSays() throws IOException {
        String body = "x".repeat(100_000);
        assertEquals(new Outcome.Delivered(), send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body, LONG));
        assertInstanceOf(
                Outcome.Rejected.class, send("HTTP/1.1 400 Bad\r\nContent-Length: 100000\r\n\r\n" + body, LONG));
    }
}
