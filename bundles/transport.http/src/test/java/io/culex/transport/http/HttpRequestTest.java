// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.AuthAnswer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a request may come: in time, in every form that HTTP has, and as one that can be read. */
class HttpRequestTest {
    private static final String ONE = "GET /api/v1/version HTTP/1.1\r\nHost: h\r\n\r\n";

    /** One more byte of a head that does not end, again and again. */
    private static void dribble(Hall hall, int seconds) {
        for (int passed = 0; passed < seconds && hall.channel().isOpen(); passed += 10) {
            hall.channel().advanceTimeBy(10, TimeUnit.SECONDS);
            hall.answered();
            if (hall.channel().isOpen()) {
                hall.ask("x");
            }
        }
    }

    @Test
    void aRequestThatDoesNotEndEndsItsConnection() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            hall.ask("GET / HTTP/1.1\r\nX: ");
            dribble(hall, 20);
            assertTrue(hall.channel().isOpen());
            dribble(hall, 20);
            assertFalse(hall.channel().isOpen());
        }
    }

    @Test
    void theTimeBeginsAnewWithEachAnswer() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            for (int i = 0; i < 10; i++) {
                hall.channel().advanceTimeBy(15, TimeUnit.SECONDS);
                assertTrue(hall.ask(ONE).startsWith("HTTP/1.1 200 "));
            }
            hall.ask("GET / HTTP/1.1\r\nX: ");
            dribble(hall, 40);
            assertFalse(hall.channel().isOpen());
        }
    }

    @Test
    void anAnswerMayTakeLonger() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            CompletableFuture<AuthAnswer> login = new CompletableFuture<>();
            hall.later = login;
            hall.ask(ONE);
            dribble(hall, 60);
            assertTrue(hall.channel().isOpen());
            login.complete(AuthAnswer.ALLOW);
            assertTrue(hall.answered().startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void nothingMoreIsReadWhileAnAnswerIsOnItsWay() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            CompletableFuture<AuthAnswer> login = new CompletableFuture<>();
            hall.later = login;
            hall.ask(ONE);
            AtomicInteger reads = countReads(hall);
            for (int i = 0; i < 100; i++) {
                hall.ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nx");
                hall.ask("x");
            }
            hall.ask("GET /api/v1/version HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nx");
            assertEquals(0, reads.get());
            assertEquals(1, hall.asked.size());
            hall.later = null;
            login.complete(AuthAnswer.ALLOW);
            assertEquals(101, hall.answered().split("HTTP/1.1 ", -1).length - 1);
            assertTrue(reads.get() > 0);
            assertTrue(hall.ask("x").startsWith("HTTP/1.1 200 "));
        }
    }

    /** A client that may go on with its body, or learns that it is too large, before its turn would take that for the answer before. */
    @ParameterizedTest
    @ValueSource(strings = {"2\r\nExpect: 100-continue", "9000"})
    void aRequestThatIsNotWholeIsAnsweredInItsTurn(String length) throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            CompletableFuture<AuthAnswer> login = new CompletableFuture<>();
            hall.later = login;
            hall.ask(ONE);
            assertEquals("", hall.ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\n"));
            login.complete(AuthAnswer.ALLOW);
            String answers = hall.answered();
            assertTrue(answers.matches("(?s)HTTP/1.1 200 .*HTTP/1.1 (100|413) .*"), answers);
        }
    }

    private static AtomicInteger countReads(Hall hall) {
        AtomicInteger reads = new AtomicInteger();
        hall.channel().pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void read(ChannelHandlerContext ctx) {
                reads.incrementAndGet();
                ctx.read();
            }
        });
        return reads;
    }

    @ParameterizedTest
    @CsvSource({
        "http://h/api/v1/version,200",
        "HTTPS://h:9883/api/v1/version?x=1,200",
        "http://h,404",
        "http://h/nothing,404",
        "ftp://h/api/v1/version,404",
        "http://,404"
    })
    void theTargetMayBeAWholeAddress(String target, int status) throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            String answer = hall.get(target);
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        }
    }

    @Test
    void aWholeAddressNeedsThePermissionForItsPath() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            hall.allowed = "/api/v1/version";
            assertTrue(hall.get("http://h/api/v1/version").startsWith("HTTP/1.1 200 "));
            assertTrue(hall.get("http://h/api/v1/systree").startsWith("HTTP/1.1 401 "));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: h\r\n: x\r\n\r\n",
                "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n?\r\n"
            })
    void afterOneThatCannotBeReadTheConnectionEnds(String request) throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            String answer = hall.ask(request);
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("connection: close\r\n"), answer);
            assertEquals("", hall.answered());
            assertFalse(hall.channel().isOpen());
        }
    }

    /** RFC 9112, 3.2: what stands between may have understood another host. */
    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1|,400",
        "HTTP/1.1|Host: a|Host: a|,400",
        "HTTP/1.0|Host: a|Host: b|,400",
        "HTTP/1.1|Host: a b|,400",
        "HTTP/1.1|Host: a/b|,400",
        "HTTP/1.0|,200",
        "HTTP/1.1|Host:|,200",
        "HTTP/1.1|host: [::1]:9883|,200",
    })
    void aRequestNamesItsHostOnce(String rest, int status) throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            String answer = hall.ask("GET /api/v1/version " + rest.replace("|", "\r\n") + "\r\n");
            assertTrue(answer.matches("(?s)HTTP/1.[01] " + status + " .*"), answer);
            assertEquals(status == 200 ? 1 : 0, hall.asked.size());
        }
    }

    /** RFC 9110, 6.6.1. */
    @Test
    void everyAnswerSaysWhen() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            for (String target : List.of("/api/v1/version", "/none")) {
                String answer = hall.get(target);
                Matcher date = Pattern.compile("\r\ndate: (\\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} GMT)\r\n")
                        .matcher(answer);
                assertTrue(date.find(), answer);
                Instant said = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.group(1), Instant::from);
                assertTrue(Duration.between(said, Instant.now()).abs().toMinutes() < 5, answer);
            }
        }
    }
}
