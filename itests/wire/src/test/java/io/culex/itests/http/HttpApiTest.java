// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Listeners with {@code protocol http_api} (SPEC H.7): the same users and permissions as for MQTT. */
class HttpApiTest {
    /** user1 with {@code secret}. */
    private static final String USER1 =
            "user1:$7$1000$9YC1Lzxie9QA3RkhKdKslEAHb6TUq278Z9BPJSOq4NgkNVf8o5E2Q0e3k8VavI4Zs"
                    + "BH2LSvxCQANFuhgdCSMbQ==$Espj5mmRMZPJYjMO7c1dJsss5ys2nOG4Lc4YfzmPB00VkVFgdPtbPB7IbbYKgtJBVaScj9Lf+KIM48T/"
                    + "PvOZQg==\n";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static BrokerProcess broker;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        broker = BrokerProcess.prepare(BrokerKind.CULEX);
        Path dir = broker.folder();
        Path www = Files.createDirectory(dir.resolve("www"));
        Files.writeString(www.resolve("index.html"), "<title>Dashboard</title>");
        Files.writeString(dir.resolve("passwords"), USER1);
        Files.writeString(dir.resolve("acl"), "user user1\ntopic read /api/v1/#\ntopic read /\n");
        broker.configure(
                """
                user root
                per_listener_settings true
                listener {port} 127.0.0.1
                allow_anonymous true
                listener {port:open} 127.0.0.1
                protocol http_api
                allow_anonymous true
                listener {port:guarded} 127.0.0.1
                protocol http_api
                http_dir {dir}/www
                password_file {dir}/passwords
                acl_file {dir}/acl
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

    private static HttpResponse<String> get(String port, String path, String login) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + broker.port(port) + path));
        if (!login.isEmpty()) {
            String words = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + words);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void saysWhatTheBrokerIsToAnyoneOnAnOpenListener() throws Exception {
        assertTrue(get("open", "/api/v1/version", "").body().matches("\\d+\\.\\d+\\.\\d+"));
        String listeners = get("open", "/api/v1/listeners", "").body();
        assertTrue(
                listeners.contains("{\"port\":" + broker.port("guarded")
                        + ",\"protocol\":\"httpapi\",\"tls\":false,\"mtls\":false,\"allow_anonymous\":false}"),
                listeners);
        String numbers = get("open", "/api/v1/systree", "").body();
        assertTrue(numbers.contains("\"$SYS/broker/uptime\":"), numbers);
        assertTrue(numbers.contains("\"$SYS/broker/clients/total\":"), numbers);
        assertEquals(404, get("open", "/", "").statusCode());
    }

    @Test
    void holdsUsersToTheirPasswordsAndPermissions() throws Exception {
        assertEquals(401, get("guarded", "/api/v1/version", "").statusCode());
        assertEquals(401, get("guarded", "/api/v1/version", "user1:wrong").statusCode());
        assertEquals(200, get("guarded", "/api/v1/version", "user1:secret").statusCode());
        assertEquals(
                "<title>Dashboard</title>", get("guarded", "/", "user1:secret").body());
        assertEquals(403, get("guarded", "/index.html", "user1:secret").statusCode());
    }
}
