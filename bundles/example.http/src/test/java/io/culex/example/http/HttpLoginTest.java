// SPDX-License-Identifier: Apache-2.0
package io.culex.example.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Peer;
import io.culex.api.message.Payload;
import io.culex.api.message.ReasonCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real web server on this machine. */
class HttpLoginTest {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> go = new CompletableFuture<>();
    private volatile int status = 200;

    HttpLoginTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/login", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.createContext("/slow", exchange -> {
            go.join();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.createContext("/half", exchange -> {
            exchange.sendResponseHeaders(status, 10);
            exchange.getResponseBody().flush();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        go.complete(null);
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpLogin login(String path, Duration timeout, int maxRequests) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return new HttpLogin(new Settings(url, timeout, maxRequests));
    }

    private static AuthRequest request(@Nullable String user) {
        Peer peer = Peer.of("1883", new InetSocketAddress("192.0.2.7", 99));
        return new AuthRequest("id 1", user, Payload.of("s&c=t"), 5, peer);
    }

    private static AuthAnswer ask(HttpLogin login, @Nullable String user) throws Exception {
        return login.authenticate(request(user)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static ReasonCode refusal(AuthAnswer answer) {
        return ((AuthAnswer.Deny) answer).reason();
    }

    @Test
    void sendsWhoWantsToConnect() throws Exception {
        assertEquals(AuthAnswer.ALLOW, ask(login("/login", Duration.ofSeconds(5), 10), "bob"));
        assertEquals(List.of("username=bob&password=s%26c%3Dt&clientid=id+1&address=192.0.2.7%3A99"), bodies);
    }

    @ParameterizedTest
    @CsvSource({
        "200, SUCCESS",
        "204, SUCCESS",
        "400, NOT_AUTHORIZED",
        "401, NOT_AUTHORIZED",
        "403, NOT_AUTHORIZED",
        "404, NOT_AUTHORIZED",
        "302, SERVER_UNAVAILABLE",
        "500, SERVER_UNAVAILABLE",
        "503, SERVER_UNAVAILABLE"
    })
    void theStatusDecides(int answered, ReasonCode expected) throws Exception {
        status = answered;
        AuthAnswer answer = ask(login("/login", Duration.ofSeconds(5), 10), "bob");
        assertEquals(expected, answer instanceof AuthAnswer.Allow ? ReasonCode.SUCCESS : refusal(answer));
    }

    @Test
    void leavesClientsWithoutAUserNameToOthers() throws Exception {
        assertEquals(AuthAnswer.IGNORE, ask(login("/login", Duration.ofSeconds(5), 10), null));
        assertEquals(List.of(), bodies);
    }

    @Test
    void anAnswerThatDoesNotComeIsARefusal() throws Exception {
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, refusal(ask(login("/slow", Duration.ofMillis(100), 10), "bob")));
        server.stop(0);
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, refusal(ask(login("/login", Duration.ofSeconds(5), 10), "bob")));
    }

    @Test
    void anAnswerThatStopsInTheMiddleDoesNotUseThePluginUp() throws Exception {
        HttpLogin login = login("/half", Duration.ofMillis(100), 1);
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, refusal(ask(login, "bob")));
        assertEquals(ReasonCode.SERVER_UNAVAILABLE, refusal(ask(login, "eve")));
        login.close();
    }

    @Test
    void moreLoginsThanAllowedAreToldToComeBack() throws Exception {
        HttpLogin login = login("/slow", Duration.ofSeconds(10), 1);
        CompletableFuture<AuthAnswer> first = login.authenticate(request("bob")).toCompletableFuture();
        assertEquals(ReasonCode.SERVER_BUSY, refusal(ask(login, "eve")));
        go.complete(null);
        assertEquals(AuthAnswer.ALLOW, first.get(10, TimeUnit.SECONDS));
        assertEquals(AuthAnswer.ALLOW, ask(login, "eve"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://host/", "not a url", "http:///path", "http://a b/"})
    void refusesAWrongUrl(String url) {
        assertThrows(IllegalArgumentException.class, () -> Settings.of(url, "5", "100"));
    }

    @ParameterizedTest
    @CsvSource({"0, 100", "61, 100", "x, 100", "5, 0", "5, y"})
    void refusesWrongNumbers(String timeout, String maxRequests) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> Settings.of("http://a/", timeout, maxRequests))
                        .getMessage());
        assertEquals("http-login: Error: Invalid 'plugin_opt_", message.substring(0, 39));
    }

    @Test
    void aLoginUnderWayIsAnsweredThoughThePluginGoes() throws Exception {
        HttpLogin login = login("/slow", Duration.ofSeconds(30), 2);
        CompletableFuture<AuthAnswer> answer =
                login.authenticate(request("alice")).toCompletableFuture();
        login.close();
        go.complete(null);
        assertEquals(AuthAnswer.ALLOW, answer.get(10, TimeUnit.SECONDS));
    }
}
