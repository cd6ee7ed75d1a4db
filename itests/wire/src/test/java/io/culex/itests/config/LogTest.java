// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Log lines that scripts parse (SPEC H.4). */
class LogTest {
    private static final String OPEN = "user root\nallow_anonymous true\nlistener {port} 127.0.0.1\n";

    @BeforeEach
    void skipWhatIsNotStartedHere() {
        Assume.notExternal();
    }

    @Test
    void tellsOfConnectionsWithTheirFacts() {
        Assume.culex();
        try (BrokerProcess broker = BrokerProcess.start(OPEN)) {
            Connect connect = Connect.as("sensor1").keepAlive(60).user("bob");
            Clients.connected(broker.address(), ProtocolVersion.V311, connect).disconnect();
            Clients.connected(broker.address(), ProtocolVersion.V5, Connect.as("crash"))
                    .close();
            assertMatches(broker, "New connection from 127\\.0\\.0\\.1:\\d+ on port " + broker.port("main") + "\\.");
            assertMatches(
                    broker, "New client connected from 127\\.0\\.0\\.1:\\d+ as sensor1 \\(p4, c1, k60, u'bob'\\)\\.");
            assertMatches(broker, "Client sensor1 .*disconnected\\.");
            assertMatches(broker, "Client sensor1 \\[127\\.0\\.0\\.1:\\d+] disconnected\\.");
            assertMatches(broker, "Client crash \\[127\\.0\\.0\\.1:\\d+] disconnected: connection closed by client\\.");
        }
    }

    @Test
    void showsPacketsWithLogTypeAll() {
        try (BrokerProcess broker = BrokerProcess.start(OPEN + "log_type all\nlog_timestamp false\n")) {
            WireClient client = Clients.v5(broker, "c");
            client.subscribe("a/#", 1);
            client.publish("a/b", "hello", 1);
            client.acknowledge(client.expectPublish("hello"));
            client.disconnect();
            assertMatches(broker, "Sending CONNACK to c \\(0, 0\\)");
            assertMatches(broker, "Received SUBSCRIBE from c");
            assertMatches(broker, "\ta/# \\(QoS 1\\)");
            assertMatches(broker, "c 1 a/#");
            assertMatches(broker, "Received PUBLISH from c \\(d0, q1, r0, m\\d+, 'a/b', \\.\\.\\. \\(5 bytes\\)\\)");
            assertMatches(broker, "Sending PUBLISH to c \\(d0, q1, r0, m\\d+, 'a/b', \\.\\.\\. \\(5 bytes\\)\\)");
        }
    }

    @Test
    void writesToAFileWithADate() {
        String options = "log_dest file {dir}/the.log\nlog_timestamp_format %Y-%m-%dT%H:%M:%S\n";
        try (BrokerProcess broker = BrokerProcess.start(OPEN + options)) {
            Clients.v5(broker, "c").disconnect();
            Path file = broker.folder().resolve("the.log");
            Await.until("the log file", () -> read(file)
                    .matches("(?s).*\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d: New client connected from .* as c .*"));
            assertFalse(broker.log().contains("New client"), broker.log());
        }
    }

    @Test
    void opensItsFileAnewOnReload() throws IOException {
        try (BrokerProcess broker = BrokerProcess.start(OPEN + "log_dest file {dir}/the.log\n")) {
            Path file = broker.folder().resolve("the.log");
            Await.until("the log file", () -> read(file).contains("running"));
            Files.move(file, broker.folder().resolve("the.log.1"));
            broker.signal("HUP");
            Await.until("a new log file", () -> Files.exists(file));
            Clients.v5(broker, "after").disconnect();
            Await.until("lines in it", () -> read(file).contains("after"));
        }
    }

    @Test
    void opensItsFileAnewThoughTheReloadIsRefused() throws IOException {
        Assume.culex();
        try (BrokerProcess broker = BrokerProcess.start(OPEN + "log_dest file {dir}/the.log\n")) {
            Path file = broker.folder().resolve("the.log");
            Await.until("the log file", () -> read(file).contains("running"));
            Files.move(file, broker.folder().resolve("the.log.1"));
            broker.configure(OPEN + "log_dest file {dir}/the.log\nmax_qos 3\n");
            broker.signal("HUP");
            Await.until(
                    "the reason in a new file",
                    () -> Files.exists(file) && read(file).contains("Nothing was changed."));
            assertTrue(read(file).contains("'max_qos' must be between 0 and 2"), () -> read(file));
        }
    }

    @Test
    void saysNothingWithLogDestNone() {
        try (BrokerProcess broker = BrokerProcess.start(OPEN + "log_dest none\n")) {
            Clients.v5(broker, "c").disconnect();
            assertEquals(0, broker.logged("New client connected"));
            assertTrue(broker.isRunning());
        }
    }

    @Test
    void keepsClientIdentifiersFromForgingLines() {
        Assume.culex();
        try (BrokerProcess broker = BrokerProcess.start(OPEN)) {
            Connect evil = Connect.as("evil\n1700000000: forged");
            try (WireClient client = WireClient.open(broker.address(), ProtocolVersion.V5)) {
                client.send(evil.user("x\n1700000000: forged"));
                client.receive();
            }
            Clients.v5(broker, "after").disconnect();
            Await.until("a later line", () -> broker.log().contains("after"));
            assertFalse(broker.log().contains("\n1700000000: forged"), broker.log());
        }
    }

    private static void assertMatches(BrokerProcess broker, String line) {
        Await.until(Duration.ofSeconds(10), () -> line + " in\n" + broker.log(), () -> broker.log()
                .matches("(?s).*(^|\\n|: )" + line + "\\n.*"));
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
