// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.ListenerSettings.Access;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.config.ListenerSettings.Clients;
import io.culex.api.config.ListenerSettings.Family;
import io.culex.testkit.RecordedLog;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Authority.Validity;
import io.culex.testkit.pki.Issued;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsStageTest {
    private static final long NEVER = Long.MAX_VALUE / 1_000_000;

    private final Authority root = Authority.root("Root");
    private final RecordedLog log = new RecordedLog();
    private final SetClock clock = new SetClock(Instant.now());
    private final TlsStage stage = new TlsStage(clock, NEVER);
    private final Path folder;
    private final Path certfile;
    private final Path keyfile;

    TlsStageTest(@TempDir Path folder) {
        this.folder = folder;
        certfile = folder.resolve("server.crt");
        keyfile = folder.resolve("server.key");
        server(30).write(folder, "server");
        Issued.save(folder.resolve("ca.pem"), root.own().pem());
        stage.addLog(log);
    }

    @AfterEach
    void stop() {
        stage.stop();
    }

    @Test
    void takesListenersWithACertificateAlone() {
        assertTrue(stage.appliesTo(settings(Map.of())));
        assertFalse(stage.appliesTo(new ListenerSettings(
                "1883", settings(Map.of()).binding(), "mqtt", Clients.DEFAULTS, Access.CLOSED, Map.of())));
    }

    @Test
    void saysWhatDoesTheCryptography() throws Exception {
        passage(Map.of()).begin();
        assertTrue(log.lines().get(0).contains(" TLS of listener 8883 by "), () -> log.lines()
                .toString());
    }

    @Test
    void saysWhySecretsCannotBeWritten() throws Exception {
        Path target = folder.resolve("target");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        for (Path file : List.of(folder, link)) {
            passage(Map.of("tls_keylog", file.toString())).begin();
            String text =
                    "WARNING Warning: Secrets of TLS connections of listener 8883 cannot be written to " + file + ": ";
            assertEquals(1, log.count(text), log.lines().toString());
        }
        assertFalse(Files.exists(target));
    }

    @Test
    void warnsOfSecretsThatOthersMayRead() throws Exception {
        Path file = Files.createFile(folder.resolve("secrets"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        TlsPassage passage = passage(Map.of("tls_keylog", file.toString()));
        passage.begin();
        passage.end();
        assertEquals(1, logged("WARNING Warning: File " + file + " has world readable permissions."));
    }

    @Test
    void loadsARenewedCertificateOnceItsKeyIsThereToo() throws Exception {
        TlsPassage passage = passage(Map.of());
        passage.begin();
        Instant before = passage.validUntil();
        Issued renewed = server(60);
        Issued.save(certfile, renewed.pem());
        look(passage, 2);
        assertEquals(before, passage.validUntil());
        Issued.save(keyfile, renewed.keyPkcs8());
        look(passage, 2);
        assertEquals(renewed.certificate().getNotAfter().toInstant(), passage.validUntil());
        assertEquals(1, logged("loaded from"));
        assertEquals(0, logged("Error"));
        look(passage, 5);
        assertEquals(1, logged("loaded from"));
    }

    @Test
    void followsALinkThatIsLedElsewhere() throws Exception {
        Path live = Files.createDirectory(folder.resolve("live"));
        server(30).write(folder, "one");
        Issued second = server(60).write(folder, "two");
        link(live, "one");
        Map<String, String> options = Map.of(
                "certfile", live.resolve("fullchain.pem").toString(),
                "keyfile", live.resolve("privkey.pem").toString());
        TlsPassage passage = passage(options);
        link(live, "two");
        look(passage, 2);
        assertEquals(second.certificate().getNotAfter().toInstant(), passage.validUntil());
    }

    @Test
    void keepsTheOldCertificateWhenTheNewOneIsBrokenAndSaysSoOnce() throws Exception {
        TlsPassage passage = passage(Map.of());
        Instant before = passage.validUntil();
        Issued.save(certfile, "not a certificate");
        look(passage, 20);
        assertEquals(before, passage.validUntil());
        assertEquals(
                List.of(
                        "ERROR Error: Unable to load server certificate \"" + certfile
                                + "\". Check certfile. There is no certificate in it.",
                        "ERROR Error: Listener 8883 keeps the certificate it had."),
                log.lines());
        Issued renewed = server(60).write(folder, "server");
        look(passage, 2);
        assertEquals(renewed.certificate().getNotAfter().toInstant(), passage.validUntil());
    }

    @Test
    void takesTheNewCertificateOnceWhatKeptItFromThatIsOver() throws Exception {
        TlsPassage passage = passage(Map.of());
        Issued renewed = server(60);
        FileTime time = FileTime.from(Instant.now().minusSeconds(5));
        // Files that stay as they are as far as can be seen: as when none could be opened for a while.
        write(certfile, " ".repeat(renewed.pem().length()), time);
        write(keyfile, renewed.keyPkcs8(), time);
        look(passage, 20);
        assertEquals(2, log.lines().size(), log.lines().toString());
        write(certfile, renewed.pem(), time);
        look(passage, 60);
        assertEquals(renewed.certificate().getNotAfter().toInstant(), passage.validUntil());
        assertEquals(2, logged("Error"));
    }

    private static void write(Path file, String content, FileTime time) throws Exception {
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, time);
    }

    @Test
    void warnsOncePerDayBeforeACertificateExpires() throws Exception {
        TlsPassage passage = passage(Map.of());
        passage.begin();
        assertEquals(0, logged("expire"));
        clock.forward(Duration.ofDays(20));
        look(passage, 3);
        assertEquals(1, logged("expires in 9 days."));
        clock.forward(Duration.ofDays(1));
        look(passage, 3);
        assertEquals(1, logged("expires in 8 days."));
        clock.forward(Duration.ofDays(10));
        look(passage, 1);
        assertEquals(1, logged("has expired."));
    }

    @Test
    void countsTheDaysOfListenersInUse() throws Exception {
        TlsPassage passage = passage(Map.of());
        assertEquals(Map.of(), days());
        passage.begin();
        assertEquals(29.0, days().getOrDefault("8883", 0.0), 1.1);
        passage.end();
        assertEquals(Map.of(), days());
    }

    @Test
    void refusesWhatCannotBeUsedInOneLine() throws Exception {
        assertEquals(
                "Error: require_certificate needs cafile or capath on listener 8883.",
                refusal(Map.of("require_certificate", "true")));
        assertEquals(
                "Error: crlfile needs require_certificate on listener 8883.", refusal(Map.of("crlfile", "crl.pem")));
        assertEquals(
                "Error: use_identity_as_username needs require_certificate on listener 8883.",
                refusal(Map.of("use_identity_as_username", "true")));
        Path keys = folder.resolve("none");
        assertEquals(
                "Error: Unable to open psk file \"" + keys + "\". No such file or directory.",
                refusal(Map.of("psk_file", keys.toString())));
        Files.delete(keyfile);
        assertEquals(
                "Error: Unable to load server key file \"" + keyfile + "\". Check keyfile. No such file or directory.",
                refusal(Map.of()));
    }

    private String refusal(Map<String, String> options) {
        return String.valueOf(assertThrows(GenerationRefusedException.class, () -> passage(options))
                .getMessage());
    }

    private Map<String, Double> days() {
        Map<String, Double> days = new HashMap<>();
        stage.metrics().stream()
                .filter(metric -> metric.name().equals("tls_certificate_days"))
                .forEach(metric -> metric.reader().accept((value, labels) -> days.put(labels[0], value)));
        return days;
    }

    private int logged(String text) {
        return (int) log.count(text);
    }

    private static void look(TlsPassage passage, int times) {
        for (int i = 0; i < times; i++) {
            passage.look();
        }
    }

    /** As certbot does it: one link after the other. */
    private void link(Path live, String name) throws Exception {
        Map<String, String> links = Map.of("fullchain.pem", name + ".crt", "privkey.pem", name + ".key");
        for (Map.Entry<String, String> link : links.entrySet()) {
            Path next = live.resolve("next");
            Files.createSymbolicLink(next, folder.resolve(link.getValue()));
            Files.move(next, live.resolve(link.getKey()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Issued server(int days) {
        Instant now = Instant.now();
        return root.server(Authority.ec(), new Validity(now.minusSeconds(60), now.plus(Duration.ofDays(days))));
    }

    private TlsPassage passage(Map<String, String> more) throws GenerationRefusedException {
        return (TlsPassage) stage.prepare(settings(more));
    }

    private ListenerSettings settings(Map<String, String> more) {
        Map<String, String> options =
                new HashMap<>(Map.of("certfile", certfile.toString(), "keyfile", keyfile.toString()));
        options.putAll(more);
        return new ListenerSettings(
                "8883",
                new Binding(8883, null, null, null, Family.ANY),
                "mqtt",
                Clients.DEFAULTS,
                Access.CLOSED,
                options);
    }
}
