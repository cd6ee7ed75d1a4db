// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Peer;
import io.culex.api.config.GenerationRefusedException;
import io.culex.transport.StaticFiles;
import io.culex.transport.WebSocketFrames;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketStageTest {
    private static final String OPENING =
            """
            GET /mqtt HTTP/1.1
            Host: localhost
            Upgrade: websocket
            Connection: keep-alive, Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Protocol: chat, mqttv3.1, mqtt
            Origin: https://example.org
            """;
    /** CONN, masked with zeros, which leave it as it is. */
    private static final String FRAME = "\u0082\u0084\0\0\0\0CONN";

    @Test
    void opensWithTheFirstProtocolOfTheListThatIsMqtt() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            String answer = hall.ask(request(OPENING));
            assertTrue(answer.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), answer);
            assertTrue(answer.contains("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), answer);
            assertTrue(answer.contains("sec-websocket-protocol: mqttv3.1\r\n"), answer);
            assertEquals("", hall.ask(FRAME));
            assertEquals("CONN", hall.received.toString());
            assertEquals(
                    new Peer.HttpRequest("/mqtt", "https://example.org"),
                    hall.peer().http());
            assertEquals(
                    List.of("websocket", "Hall$Behind#0"),
                    hall.channel().pipeline().names().subList(0, 2));
        }
    }

    @Test
    void takesFramesThatComeWithTheRequest() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            hall.ask(request(OPENING) + FRAME);
            assertEquals("CONN", hall.received.toString());
        }
    }

    @Test
    void takesARequestByteByByte() throws Exception {
        try (Hall hall = Hall.open(Map.of())) {
            StringBuilder answer = new StringBuilder();
            for (char c : (request(OPENING) + FRAME).toCharArray()) {
                answer.append(hall.ask(String.valueOf(c)));
            }
            assertTrue(answer.toString().startsWith("HTTP/1.1 101 "), answer::toString);
            assertEquals("CONN", hall.received.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mqttv3.1,xmpp,400",
        "'Sec-WebSocket-Protocol: chat, mqttv3.1, mqtt\n','',400",
        "13,8,426",
        "'dGhlIHNhbXBsZSBub25jZQ==','c2hvcnQ=',400",
        "'dGhlIHNhbXBsZSBub25jZQ==','***',400",
        "'keep-alive, Upgrade','close',400",
        "'Upgrade: websocket\n','',426",
        "GET,POST,405",
        "HTTP/1.1,HTTP/1.0,400",
        "GET /mqtt,GET,400"
    })
    void refusesWithTheStatusThatSaysWhy(String text, String other, int status) throws Exception {
        String request = OPENING.replace(text, other)
                .replace(", mqtt\n", status == 400 && other.equals("xmpp") ? "\n" : ", mqtt\n");
        try (Hall hall = Hall.open(Map.of())) {
            String answer = hall.ask(request(request));
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertFalse(hall.channel().isOpen());
            assertNull(hall.channel().pipeline().get(WebSocketFrames.class));
            assertTrue(hall.failures.length() > 0);
        }
    }

    @Test
    void takesOriginsThatAreEqualAndRequestsWithoutOne() throws Exception {
        Map<String, String> origins = Map.of("websockets_origin", "https://a.example https://example.org");
        for (String origin : List.of("https://example.org", "https://a.example")) {
            try (Hall hall = Hall.open(origins)) {
                assertTrue(hall.ask(request(OPENING.replace("https://example.org", origin)))
                        .contains(" 101 "));
            }
        }
        try (Hall hall = Hall.open(origins)) {
            assertTrue(hall.ask(request(OPENING.replace("Origin: https://example.org\n", "")))
                    .contains(" 101 "));
        }
        for (String origin : List.of("https://example.or", "https://example.org.evil", "https://EXAMPLE.org", "null")) {
            try (Hall hall = Hall.open(origins)) {
                assertTrue(hall.ask(request(OPENING.replace("https://example.org", origin)))
                        .contains(" 403 "));
                assertEquals("non-matching http origin", hall.failures.toString());
            }
        }
    }

    @Test
    void takesNoRequestLargerThanItsBuffer() throws Exception {
        try (Hall hall = Hall.open(Map.of("packet_buffer_size", "1024"))) {
            String answer = hall.ask(request(OPENING + "X-Long: " + "x".repeat(1024) + "\n"));
            assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
            assertFalse(hall.channel().isOpen());
        }
        try (Hall hall = Hall.open(Map.of("packet_buffer_size", "65535"))) {
            String many = request(OPENING + "X-Many: x\n".repeat(100));
            assertTrue(hall.ask(many).startsWith("HTTP/1.1 431 "));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9,203.0.113.9:0",
        "'203.0.113.9:51234, 10.0.0.2',203.0.113.9:51234",
        "'198.51.100.1, 203.0.113.9',203.0.113.9:0",
        "'10.0.0.3, 10.0.0.2',10.0.0.3:0",
        "'nonsense, 10.0.0.2',10.0.0.2:0",
        "nonsense,10.0.0.1:4000",
        "203.0.113.9:65536,10.0.0.1:4000"
    })
    void believesTrustedProxiesWhoTheClientIs(String forwarded, String client) throws Exception {
        try (Hall hall = Hall.open(Map.of("proxy_trusted_networks", "10.0.0.0/24"))) {
            hall.ask(request(OPENING + "X-Forwarded-For: " + forwarded + "\n"));
            assertEquals(client, hall.peer().addressText());
        }
    }

    @Test
    void believesNobodyElse() throws Exception {
        for (Map<String, String> options :
                List.of(Map.<String, String>of(), Map.of("proxy_trusted_networks", "10.0.1.0/24"))) {
            try (Hall hall = Hall.open(options)) {
                hall.ask(request(OPENING + "X-Forwarded-For: 203.0.113.9\n"));
                assertEquals("10.0.0.1:4000", hall.peer().addressText());
            }
        }
    }

    @Test
    void findsFilesInsideTheFolderAlone(@TempDir Path outside) throws Exception {
        Path folder = Files.createDirectory(outside.resolve("www"));
        Files.writeString(outside.resolve("secret.txt"), "secret");
        Files.writeString(folder.resolve("index.html"), "<p>hello");
        Files.writeString(folder.resolve("a b.js"), "1");
        Files.createDirectory(folder.resolve("sub"));
        Files.createSymbolicLink(folder.resolve("link.txt"), outside.resolve("secret.txt"));
        StaticFiles files = StaticFiles.of(folder.toString());
        assertFound(files, "/", "text/html; charset=utf-8", "<p>hello");
        assertFound(files, "/index.html?x=1", "text/html; charset=utf-8", "<p>hello");
        assertFound(files, "/a%20b.js", "text/javascript; charset=utf-8", "1");
        for (String target : List.of(
                "/missing",
                "/sub",
                "/sub/",
                "/link.txt",
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/sub/../../secret.txt",
                "//" + outside + "/secret.txt",
                "/index.html%00",
                "/a b.js",
                "http://[")) {
            assertTrue(files.find(target).isEmpty(), target);
        }
    }

    private static void assertFound(StaticFiles files, String target, String type, String content) throws Exception {
        StaticFiles.OpenFile found = files.find(target).orElseThrow();
        try (InputStream in = Channels.newInputStream(found.channel())) {
            assertEquals(content, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertEquals(type, found.type());
        assertEquals(content.length(), found.length());
    }

    @Test
    void sendsNoFileOfAFolderThatWasTakenFromTheListener(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("index.html"), "<p>hello");
        String get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
        try (Hall hall = Hall.open(Map.of("http_dir", folder.toString()))) {
            hall.endInUse();
            String answer = hall.ask(get);
            assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
            assertFalse(hall.channel().isOpen());
        }
        try (Hall hall = Hall.open(Map.of("http_dir", folder.toString()))) {
            hall.endInUse();
            assertTrue(hall.ask(request(OPENING)).contains(" 101 "));
        }
    }

    @Test
    void refusesAFolderThatIsNone() {
        String message = String.valueOf(
                assertThrows(GenerationRefusedException.class, () -> Hall.open(Map.of("http_dir", "/no/such/folder")))
                        .getMessage());
        assertEquals("Error: Unable to open http_dir \"/no/such/folder\".", message);
    }

    @Test
    void survivesAnyRequest() throws Exception {
        Random random = new Random(5);
        char[] good = (request(OPENING) + FRAME).toCharArray();
        int opened = 0;
        for (int round = 0; round < 2_000; round++) {
            char[] bytes = good.clone();
            for (int change = random.nextInt(6); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (char) random.nextInt(256);
            }
            try (Hall hall = Hall.open(Map.of())) {
                String answer = hall.ask(new String(bytes, 0, random.nextInt(bytes.length + 1)));
                assertTrue(answer.isEmpty() || answer.matches("(?s)HTTP/1\\.1 (101|4\\d\\d) .*"), answer);
                opened += answer.contains(" 101 ") ? 1 : 0;
            }
        }
        assertTrue(opened > 10);
    }

    private static String request(String lines) {
        return lines.replace("\n", "\r\n") + "\r\n";
    }
}
