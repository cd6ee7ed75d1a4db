// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.AuthAnswer;
import io.culex.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reload means for connections that are kept for further requests. */
class HttpReloadTest {
    private final Map<String, String> before;
    private final Map<String, String> after;

    HttpReloadTest(@TempDir Path folder) throws Exception {
        before = withFile(folder.resolve("before"), "old page");
        after = withFile(folder.resolve("after"), "new page");
    }

    private static Map<String, String> withFile(Path folder, String content) throws Exception {
        Files.writeString(Files.createDirectory(folder).resolve("index.html"), content);
        return Map.of("http_dir", folder.toString());
    }

    private static String page(Hall hall) {
        StringBuilder answer = new StringBuilder(hall.get("/"));
        Await.until("an answer", () -> answer.append(hall.answered()).length() > 0);
        return answer.toString();
    }

    @Test
    void noRequestIsAnsweredFromTheFolderOfBefore() throws Exception {
        try (Hall hall = Hall.open(before)) {
            assertTrue(page(hall).endsWith("old page"));
            hall.reload(after);
            hall.answered();
            assertFalse(hall.channel().isOpen());
            hall.connectAnew();
            assertTrue(page(hall).endsWith("new page"));
            assertTrue(hall.channel().isOpen());
        }
    }

    @Test
    void theRequestInHandIsAnsweredAndNoneAfterIt() throws Exception {
        try (Hall hall = Hall.open(before)) {
            CompletableFuture<AuthAnswer> login = new CompletableFuture<>();
            hall.later = login;
            String one = "GET /api/v1/version HTTP/1.1\r\nHost: h\r\n\r\n";
            assertEquals("", hall.ask(one + one));
            hall.reload(after);
            hall.answered();
            assertTrue(hall.channel().isOpen());
            login.complete(AuthAnswer.ALLOW);
            String answer = hall.answered();
            assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("9.8.7"), answer);
            assertTrue(answer.contains("connection: close\r\n"), answer);
            assertFalse(hall.channel().isOpen());
            assertEquals(1, hall.asked.size());
        }
    }

    @Test
    void aConnectionThatWasTakenByTheSettingsOfBeforeComesAgain() throws Exception {
        try (Hall hall = Hall.open(before)) {
            hall.endInUse();
            hall.connectAnew();
            hall.answered();
            assertFalse(hall.channel().isOpen());
        }
    }
}
