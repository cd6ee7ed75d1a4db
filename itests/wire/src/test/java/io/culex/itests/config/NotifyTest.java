// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.Await;
import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the broker tells a service manager; Java has no datagram socket for unix paths, so python3 holds it. */
class NotifyTest {
    private static final String RECEIVER =
            """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1])
            print("bound", flush=True)
            while True:
                print(s.recv(65536).decode().replace("\\n", " "), flush=True)
            """;
    private static final String OPEN = "user root\nallow_anonymous true\nlistener {port} 127.0.0.1\n";

    @TempDir
    private Path folder;

    private final BrokerProcess broker = BrokerProcess.prepare(BrokerKind.selected());
    private Process receiver;

    @BeforeEach
    void listen() throws IOException {
        Assume.culex();
        Path script = Files.writeString(folder.resolve("receiver.py"), RECEIVER);
        receiver = new ProcessBuilder("python3", script.toString(), socket())
                .redirectOutput(messages().toFile())
                .start();
        Await.until("the receiver", () -> read().contains("bound"));
    }

    @AfterEach
    void end() {
        broker.close();
        if (receiver != null) {
            receiver.destroy();
        }
    }

    @Test
    void saysWhenItIsReadyReloadsAndStops() {
        start(Map.of("NOTIFY_SOCKET", socket()));
        Await.until("READY", () -> read().contains("READY=1"));
        assertTrue(BrokerProcess.accepts(broker.port("main")), "ready means that it accepts");
        broker.signal("HUP");
        Await.until("RELOADING", () -> read().contains("RELOADING=1"));
        assertTrue(read().contains("MONOTONIC_USEC="), read());
        Await.until("READY after the reload", () -> count("READY=1") == 2);
        broker.configure(OPEN + "max_qos 3\n");
        broker.signal("HUP");
        Await.until("READY after one that is refused", () -> count("READY=1") == 3);
        assertEquals(2, count("RELOADING=1"), read());
        assertEquals(0, broker.stop());
        assertTrue(read().contains("STOPPING=1"), read());
    }

    @Test
    void feedsTheWatchdog() {
        start(Map.of("NOTIFY_SOCKET", socket(), "WATCHDOG_USEC", "2000000"));
        Await.until("WATCHDOG", () -> count("WATCHDOG=1") >= 2);
    }

    private void start(Map<String, String> environment) {
        broker.configure(OPEN);
        broker.run(environment, "-c", broker.configuration().toString());
        broker.awaitReady();
    }

    private String socket() {
        return folder.resolve("notify").toString();
    }

    private Path messages() {
        return folder.resolve("messages");
    }

    private int count(String text) {
        return read().split(text, -1).length - 1;
    }

    private String read() {
        try {
            return Files.exists(messages()) ? Files.readString(messages()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
