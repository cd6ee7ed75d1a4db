// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Peer;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.ListenerSettings.Access;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.config.ListenerSettings.Clients;
import io.culex.api.config.ListenerSettings.Family;
import io.culex.security.tls.ClientPskTls;
import io.culex.testkit.RecordedLog;
import io.culex.transport.Arrival;
import io.culex.transport.PipelineStage;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code psk_file}, also of a listener that does not ask for keys itself, as with a forgotten {@code psk_hint}. */
class PskFileTest {
    private final TlsStage stage = new TlsStage();

    @AfterEach
    void stop() {
        stage.stop();
    }

    private PipelineStage.Prepared prepare(Map<String, String> options) throws GenerationRefusedException {
        ListenerSettings settings = settings(options);
        assertTrue(stage.appliesTo(settings));
        return stage.prepare(settings);
    }

    private static ListenerSettings settings(Map<String, String> options) {
        return new ListenerSettings(
                "1883",
                new Binding(1883, null, null, null, Family.ANY),
                "mqtt",
                Clients.DEFAULTS,
                Access.CLOSED,
                options);
    }

    private String refusal(Path file) {
        GenerationRefusedException refusal =
                assertThrows(GenerationRefusedException.class, () -> prepare(Map.of("psk_file", file.toString())));
        assertEquals(Kind.CONFIGURATION, refusal.kind());
        return String.valueOf(refusal.getMessage());
    }

    @Test
    void thatCannotBeUsedIsRefusedWithTheReason(@TempDir Path folder) throws Exception {
        Path none = folder.resolve("none");
        assertTrue(refusal(none).startsWith("Error: Unable to open psk file \"" + none + "\"."), refusal(none));
        Path broken = Files.writeString(folder.resolve("broken"), "id:zz\n");
        assertTrue(
                refusal(broken).startsWith("Error: Invalid line 1 in psk file \"" + broken + "\"."), refusal(broken));
    }

    @Test
    void isWarnedOfWhenOthersMayReadTheKeys(@TempDir Path folder) throws Exception {
        RecordedLog log = new RecordedLog();
        stage.addLog(log);
        Path keys = Files.writeString(folder.resolve("keys"), "id:00ff\n");
        Map<String, String> forgotten = Map.of("psk_file", keys.toString());
        Map<String, String> options = Map.of("psk_file", keys.toString(), "psk_hint", "hint");
        for (String permissions : List.of("rw-r--r--", "rw-------")) {
            Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString(permissions));
            prepare(options).begin();
            prepare(forgotten).begin();
        }
        String warning = "WARNING Warning: File " + keys
                + " has world readable permissions. To fix this, use `chmod 0600 " + keys + "`.";
        assertEquals(List.of(warning, warning), log.lines("WARNING"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"crlfile", "require_certificate", "use_identity_as_username", "use_subject_as_username"})
    void doesNotHideThatNobodyServesWhatAListenerDemands(String option, @TempDir Path folder) throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "id:00ff\n");
        Map<String, String> options = Map.of("psk_file", keys.toString(), option, "true");
        GenerationRefusedException refusal = assertThrows(GenerationRefusedException.class, () -> prepare(options));
        assertEquals("Error: Nothing serves the option '" + option + "' of listener 1883.", refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"require_certificate", "use_identity_as_username"})
    void leavesToTheProxyWhatThatSaysOfCertificates(String option, @TempDir Path folder) throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "id:00ff\n");
        prepare(Map.of("psk_file", keys.toString(), "enable_proxy_protocol", "2", option, "true"));
    }

    @Test
    void countsHandshakesThatComeToNothingOnce(@TempDir Path folder) throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "id:00ff\n");
        PipelineStage.Prepared prepared = prepare(Map.of("psk_file", keys.toString(), "psk_hint", "hint"));
        EmbeddedChannel wrong = connect(prepared);
        assertThrows(IOException.class, () -> wrong.writeInbound(Unpooled.wrappedBuffer(new byte[64])));
        wrong.finishAndReleaseAll();
        assertEquals(1, failed());
        connect(prepared).finishAndReleaseAll();
        assertEquals(2, failed());
        EmbeddedChannel client = new EmbeddedChannel(
                ClientPskTls.of("id", "00ff", null, List.of()).handler(agreement -> {}));
        EmbeddedChannel server = connect(prepared);
        while (carry(client, server) | carry(server, client)) {
            // Until both are silent.
        }
        assertEquals(List.of("tls"), server.pipeline().names().subList(0, 1));
        assertNull(server.pipeline().get("tls-greeting"));
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
        assertEquals(2, failed());
    }

    private static boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
        boolean moved = false;
        for (Object out = from.readOutbound(); out != null; out = from.readOutbound()) {
            to.writeInbound(out);
            moved = true;
        }
        return moved;
    }

    private static EmbeddedChannel connect(PipelineStage.Prepared prepared) {
        EmbeddedChannel channel = new EmbeddedChannel();
        ListenerSettings settings = settings(Map.of());
        Arrival.note(channel, new Door(settings), settings, Peer.of("1883", null));
        prepared.install(channel);
        return channel;
    }

    private long failed() {
        AtomicLong failed = new AtomicLong();
        stage.metrics().stream()
                .filter(metric -> metric.name().equals("tls_handshakes_failed"))
                .forEach(metric -> metric.reader().accept((value, labels) -> failed.set((long) value)));
        return failed.get();
    }

    @Test
    void letsConnectionsPassAsTheyAre(@TempDir Path folder) throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "id:00ff\n");
        EmbeddedChannel channel = new EmbeddedChannel();
        List<String> before = channel.pipeline().names();
        prepare(Map.of("psk_file", keys.toString())).install(channel);
        assertEquals(before, channel.pipeline().names());
    }
}
