// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.itests.Spec;
import io.culex.itests.real.Program;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** WebSocket listeners with mqtt.js in a browser and in node, and the JDK's client. */
class WebSocketTest {
    private static final byte[] CONNECT = {0x10, 13, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 1, 'j'};

    private static final Authority ROOT = Authority.root("Root");
    private static BrokerProcess broker;
    private static Path dir;
    private static boolean hasMqttJs;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        broker = BrokerProcess.prepare(BrokerKind.CULEX);
        dir = broker.folder();
        ROOT.server().write(dir, "server");
        Issued.save(dir.resolve("root.pem"), ROOT.own().pem());
        Path www = Files.createDirectory(dir.resolve("www"));
        copy("page.html", www);
        copy("node.js", dir);
        hasMqttJs = installMqttJs(www);
        broker.configure(
                """
                user root
                allow_anonymous true
                log_type all
                listener {port} 127.0.0.1
                protocol websockets
                http_dir {dir}/www
                proxy_trusted_networks 127.0.0.0/8
                listener {port:tls} 127.0.0.1
                protocol websockets
                certfile {dir}/server.crt
                keyfile {dir}/server.key
                listener {port:origin} 127.0.0.1
                protocol websockets
                websockets_origin https://example.org
                """);
        broker.run(Map.of(), "-c", broker.configuration().toString());
        broker.awaitReady();
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.close();
        }
    }

    private static boolean installMqttJs(Path www) throws IOException {
        try {
            Program npm = Program.run(dir, "npm", "install", "--prefix", dir.toString(), "--no-audit", "mqtt@5");
            if (npm.exit() != 0) {
                return false;
            }
        } catch (UncheckedIOException noNpm) {
            return false;
        }
        Files.copy(
                dir.resolve("node_modules/mqtt/dist/mqtt.min.js"),
                www.resolve("mqtt.min.js"),
                StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    @Test
    void aPageInABrowserPublishesAndSubscribes() throws IOException {
        Assumptions.assumeTrue(hasMqttJs, "mqtt.js from npm");
        Process chromium = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + dir.resolve("chromium"),
                        "--remote-debugging-port=0",
                        "http://127.0.0.1:" + broker.port("main") + "/page.html")
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("chromium.out").toFile())
                .start();
        try {
            broker.awaitLog("New client connected from 127.0.0.1:");
            broker.awaitLog("'browser/received/100000', ... (0 bytes))");
            broker.awaitLog("Client browser [127.0.0.1:");
        } finally {
            chromium.descendants().forEach(ProcessHandle::destroy);
            chromium.destroy();
        }
    }

    @Test
    void nodeComesInWithEveryVersion() {
        Assumptions.assumeTrue(hasMqttJs, "mqtt.js from npm");
        Program node = node("ws://127.0.0.1:" + broker.port("main"));
        assertTrue(node.output().contains("all is well"), () -> node.output() + broker.log());
    }

    @Test
    void nodeComesInByTls() {
        Assumptions.assumeTrue(hasMqttJs, "mqtt.js from npm");
        Program node = node(
                "wss://localhost:" + broker.port("tls"), dir.resolve("root.pem").toString());
        assertTrue(node.output().contains("all is well"), () -> node.output() + broker.log());
    }

    @Test
    @Spec({"MQTT-6.0.0-1", "MQTT-6.0.0-2", "MQTT-6.0.0-4"})
    void theJdkComesInForAClientBehindATrustedProxy() throws Exception {
        Answer answer = new Answer();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("mqtt")
                .header("X-Forwarded-For", "203.0.113.9, 127.0.0.1")
                .buildAsync(URI.create("ws://127.0.0.1:" + broker.port("main") + "/mqtt"), answer)
                .get(10, TimeUnit.SECONDS);
        assertEquals("mqtt", socket.getSubprotocol());
        socket.sendBinary(ByteBuffer.wrap(CONNECT, 0, 5), false);
        socket.sendBinary(ByteBuffer.wrap(CONNECT, 5, CONNECT.length - 5), true);
        assertEquals(ByteBuffer.wrap(new byte[] {0x20, 2, 0, 0}), answer.first.get(10, TimeUnit.SECONDS));
        broker.awaitLog("New client connected from 203.0.113.9:0 as j (");
        socket.sendText("text", true);
        assertEquals(1003, answer.closed.get(10, TimeUnit.SECONDS));
    }

    @Test
    void answersErrorsOfHttp() throws Exception {
        assertEquals(404, get("main", "/missing").statusCode());
        assertEquals(200, get("main", "/page.html").statusCode());
        assertEquals(426, get("origin", "/").statusCode());
        Program curl = Program.run(
                dir, "openssl", "s_client", "-connect", "127.0.0.1:" + broker.port("tls"), "-alpn", "http/1.1");
        assertTrue(curl.output().contains("ALPN protocol: http/1.1"), curl.output());
    }

    @Test
    void takesNoPageOfAnotherOrigin() {
        Answer answer = new Answer();
        Throwable failure = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("mqtt")
                .header("Origin", "https://example.com")
                .buildAsync(URI.create("ws://127.0.0.1:" + broker.port("origin") + "/"), answer)
                .handle((socket, e) -> e)
                .join();
        assertTrue(String.valueOf(failure).contains("WebSocketHandshakeException"), () -> String.valueOf(failure));
        broker.awaitLog("] disconnected: non-matching http origin.");
    }

    private static Program node(String... arguments) {
        String[] command = new String[arguments.length + 2];
        command[0] = "node";
        command[1] = dir.resolve("node.js").toString();
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return Program.run(dir, command);
    }

    private static HttpResponse<String> get(String listener, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + broker.port(listener) + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static void copy(String name, Path to) throws IOException {
        try (var in = Objects.requireNonNull(WebSocketTest.class.getResourceAsStream("/browser/" + name))) {
            Files.copy(in, to.resolve(name));
        }
    }

    /** The first message, and how it ended. */
    private static final class Answer implements WebSocket.Listener {
        private final CompletableFuture<ByteBuffer> first = new CompletableFuture<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
            first.complete(copy);
            return WebSocket.Listener.super.onBinary(socket, data, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }
    }
}
