// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.message.ReasonCode;
import io.culex.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiTest {
    private static String basic(String words) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8))
                + "\r\n";
    }

    @Test
    void saysVersionListenersAndNumbers() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            assertTrue(hall.get("/api/v1/version").endsWith("\r\n\r\n9.8.7"));
            String listeners = hall.get("/api/v1/listeners?now=1");
            assertTrue(listeners.startsWith("HTTP/1.1 200 OK\r\n"), listeners);
            assertTrue(listeners.contains("access-control-allow-origin: *\r\n"), listeners);
            assertTrue(
                    listeners.endsWith("{\"listeners\":["
                            + "{\"port\":9883,\"protocol\":\"httpapi\",\"tls\":false,\"mtls\":false,\"allow_anonymous\":true},"
                            + "{\"port\":8883,\"protocol\":\"websockets\",\"tls\":true,\"mtls\":true,\"allow_anonymous\":false},"
                            + "{\"path\":\"/run/m.sock\",\"protocol\":\"mqtt\",\"tls\":false,\"mtls\":false,\"allow_anonymous\":false}"
                            + "]}"),
                    listeners);
            String numbers = hall.get("/api/v1/systree");
            assertTrue(numbers.contains("content-type: application/json\r\n"), numbers);
            assertTrue(numbers.endsWith("{\"$SYS/broker/uptime\":5}"), numbers);
        }
    }

    @Test
    void asksThePluginsWithTheNameAndThePasswordGiven() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            hall.get("/api/v1/version", basic("bob:se:cret"));
            AuthRequest request = hall.asked.get(0);
            assertEquals("http-api", request.clientId());
            assertEquals("bob", request.username());
            assertEquals(
                    "se:cret", new String(requireNonNull(request.password()).toBytes(), StandardCharsets.UTF_8));
            assertEquals(
                    "/api/v1/version", requireNonNull(request.peer().http()).path());
            hall.get("/api/v1/version");
            assertNull(hall.asked.get(1).username());
        }
    }

    @Test
    void refusesWhoIsNotLetIn() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            hall.answer = AuthAnswer.DENY;
            String answer = hall.get("/api/v1/version", basic("bob:x"));
            assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
            assertTrue(answer.contains("www-authenticate: Basic realm=\"Mosquitto API\"\r\n"), answer);
            assertFalse(answer.contains("9.8.7"), answer);
            assertEquals(List.of("NOTICE HTTP request from 10.0.0.1:4000 for /api/v1/version: 401"), hall.lines);
            hall.answer = new AuthAnswer.Deny(ReasonCode.SERVER_UNAVAILABLE, "");
            assertTrue(hall.get("/api/v1/version").startsWith("HTTP/1.1 503 "));
            assertEquals(2, hall.api.metrics().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"use_identity_as_username", "use_subject_as_username"})
    void refusesACertificateThatNamesNobodyWhateverTheRequestSays(String option) throws Exception {
        try (Hall hall = Hall.open(Map.of("require_certificate", "true", option, "true"))) {
            assertTrue(hall.get("/api/v1/version", basic("bob:x")).startsWith("HTTP/1.1 403 "));
            assertTrue(hall.get("/api/v1/version").startsWith("HTTP/1.1 403 "));
            assertEquals(List.of(), hall.asked);
        }
    }

    @Test
    void asksForThePermissionToReadThePath() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            hall.allowed = "/api/v1/version";
            assertTrue(hall.get("/api/v1/version", basic("bob:x")).startsWith("HTTP/1.1 200 "));
            assertTrue(hall.get("/api/v1/systree", basic("bob:x")).startsWith("HTTP/1.1 403 "));
            assertTrue(hall.get("/api/v1/systree").startsWith("HTTP/1.1 401 "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic ???", "Bearer abc", "Basic Ym9i", "Basic"})
    void refusesCredentialsThatCannotBeRead(String header) throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            String answer = hall.get("/api/v1/version", "Authorization: " + header + "\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
            assertEquals(List.of(), hall.asked);
        }
    }

    @Test
    void sendsFilesOfItsFolderAlone(@TempDir Path folder) throws Exception {
        Path www = Files.createDirectory(folder.resolve("www"));
        Files.writeString(www.resolve("index.html"), "<p>hi");
        Files.writeString(www.resolve("a b.json"), "{}");
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(www.resolve("link"), folder.resolve("secret"));
        try (Hall hall = Hall.open(Map.of("http_dir", www.toString()))) {
            assertFile(hall, "/", "<p>hi");
            assertFile(hall, "/a%20b.json", "{}");
            for (String bad :
                    List.of("/link", "/../secret", "/%2e%2e/secret", "//secret", "/./index.html", "/x", "/+", "/%23")) {
                assertFile(hall, bad, "Not found.");
            }
        }
    }

    private static void assertFile(Hall hall, String target, String content) {
        StringBuilder answer = new StringBuilder(hall.get(target));
        Await.until("an answer", () -> answer.append(hall.answered()).length() > 0);
        assertTrue(answer.toString().endsWith("\r\n\r\n" + content), target + ": " + answer);
    }

    @Test
    void refusesAFolderThatIsNotThere(@TempDir Path folder) {
        GenerationRefusedException refusal = assertThrows(
                GenerationRefusedException.class,
                () -> Hall.open(Map.of("http_dir", folder.resolve("none").toString())));
        assertEquals("Error: Unable to open http_dir \"" + folder.resolve("none") + "\".", refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "POST /api/v1/version HTTP/1.1,405",
        "OPTIONS / HTTP/1.1,405",
        "HEAD /api/v1/version HTTP/1.1,200",
        "GET /%zz HTTP/1.1,400"
    })
    void answersWhatIsNotGet(String line, int status) throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            String answer = hall.ask(line + "\r\nHost: h\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertFalse(answer.contains("9.8.7"), answer);
        }
    }

    @Test
    void answersInTheOrderOfTheQuestions() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            CompletableFuture<AuthAnswer> first = new CompletableFuture<>();
            hall.later = first;
            String both =
                    "GET /api/v1/version HTTP/1.1\r\nHost: h\r\n\r\nGET /api/v1/systree HTTP/1.1\r\nHost: h\r\n\r\n";
            assertEquals("", hall.ask(both));
            assertEquals(1, hall.asked.size());
            hall.later = null;
            first.complete(AuthAnswer.ALLOW);
            String answers = hall.answered();
            assertEquals(2, hall.asked.size());
            assertTrue(answers.indexOf("9.8.7") > 0 && answers.indexOf("9.8.7") < answers.indexOf("uptime"), answers);
        }
    }

    @Test
    void readsNoFurtherRequestBeforeTheAnswerIsOnItsWay() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            hall.holdWrites();
            String one = "GET /api/v1/version HTTP/1.1\r\nHost: h\r\n\r\n";
            hall.ask(one + one + one);
            assertEquals(1, hall.asked.size());
            assertFalse(hall.channel().config().isAutoRead());
        }
    }

    @Test
    void endsAConnectionOnWhichNothingMovesAndNoOther() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            hall.channel().advanceTimeBy(15, TimeUnit.SECONDS);
            hall.get("/api/v1/version");
            hall.channel().advanceTimeBy(15, TimeUnit.SECONDS);
            hall.answered();
            assertTrue(hall.channel().isOpen());
            hall.channel().advanceTimeBy(30, TimeUnit.SECONDS);
            hall.answered();
            assertFalse(hall.channel().isOpen());
        }
    }

    @Test
    void closesItsConnectionsWhenItGoes() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            hall.get("/api/v1/version");
            assertTrue(hall.channel().isOpen());
            hall.api.stop();
            hall.channel().runPendingTasks();
            assertFalse(hall.channel().isOpen());
        }
    }

    @Test
    void nothingThatComesMakesItFail() throws Exception {
        Random random = new Random(5);
        String seed = "GET /api/v1/version HTTP/1.1\r\nHost: h\r\nAuthorization: Basic Ym9iOng=\r\n\r\n";
        try (Hall hall = Hall.open(Map.of())) {
            for (int round = 0; round < 2000; round++) {
                StringBuilder text = new StringBuilder(seed.substring(0, random.nextInt(seed.length())) + seed);
                for (int i = random.nextInt(5); i > 0; i--) {
                    text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
                }
                if (!hall.channel().isOpen()) {
                    hall.connectAnew();
                }
                hall.ask(text.toString());
                hall.channel().checkException();
            }
        }
    }
}
