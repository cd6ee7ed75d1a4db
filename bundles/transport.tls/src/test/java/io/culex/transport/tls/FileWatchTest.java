// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.config.ListenerSettings;
import io.culex.api.config.ListenerSettings.Access;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.config.ListenerSettings.Clients;
import io.culex.api.config.ListenerSettings.Family;
import io.culex.testkit.Await;
import io.culex.testkit.RecordedLog;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread that looks at certificates outlives whatever goes wrong with one look. */
class FileWatchTest {
    private final Authority root = Authority.root("Root");

    /** Once it is told to, there is no memory for one look. */
    private static final class Hungry extends Clock {
        private final AtomicInteger looks = new AtomicInteger(Integer.MIN_VALUE);

        @Override
        public Instant instant() {
            if (looks.incrementAndGet() == 1) {
                throw new OutOfMemoryError("as if");
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void takesARenewedCertificateAlsoAfterALackOfMemory(@TempDir Path folder) throws Exception {
        Hungry clock = new Hungry();
        RecordedLog log = new RecordedLog();
        TlsStage stage = new TlsStage(clock, 5);
        stage.addLog(log);
        try {
            root.server().write(folder, "server");
            Map<String, String> options = Map.of(
                    "certfile", folder.resolve("server.crt").toString(),
                    "keyfile", folder.resolve("server.key").toString());
            stage.prepare(new ListenerSettings(
                            "8883",
                            new Binding(8883, null, null, null, Family.ANY),
                            "mqtt",
                            Clients.DEFAULTS,
                            Access.CLOSED,
                            options))
                    .begin();
            clock.looks.set(0);
            Await.until("a look without memory", () -> log.count("cannot look at its certificates") == 1);
            Issued renewed = root.server();
            Issued.save(folder.resolve("server.key"), renewed.keyPkcs8());
            Issued.save(folder.resolve("server.crt"), renewed.pem());
            Await.until("the renewed one", () -> log.count("Certificate of listener 8883 loaded from") > 0);
            assertEquals(1, log.count("as if"));
        } finally {
            stage.stop();
        }
    }
}
