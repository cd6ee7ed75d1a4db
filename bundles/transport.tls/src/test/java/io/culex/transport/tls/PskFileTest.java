// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.ListenerSettings.Access;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.config.ListenerSettings.Clients;
import io.culex.api.config.ListenerSettings.Family;
import io.culex.testkit.RecordedLog;
import io.culex.transport.PipelineStage;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code psk_file}, also of a listener that does not ask for keys itself, as with a forgotten {@code psk_hint}. */
class PskFileTest {
    private final TlsStage stage = new TlsStage();

    @AfterEach
    void stop() {
        stage.stop();
    }

    private PipelineStage.Prepared prepare(Map<String, String> options) throws GenerationRefusedException {
        ListenerSettings settings = new ListenerSettings(
                "1883",
                new Binding(1883, null, null, null, Family.ANY),
                "mqtt",
                Clients.DEFAULTS,
                Access.CLOSED,
                options);
        assertTrue(stage.appliesTo(settings));
        return stage.prepare(settings);
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
        Map<String, String> options = Map.of("psk_file", keys.toString(), "psk_hint", "hint");
        for (String permissions : List.of("rw-r--r--", "rw-------")) {
            Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString(permissions));
            prepare(options).begin();
        }
        assertEquals(
                List.of("WARNING Warning: File " + keys
                        + " has world readable permissions. To fix this, use `chmod 0600 " + keys + "`."),
                log.lines("WARNING"));
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
