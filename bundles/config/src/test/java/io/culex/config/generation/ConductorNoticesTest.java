// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.config.commandline.CommandLine;
import io.culex.config.file.ConfText;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is logged of a file that is wrong. */
class ConductorNoticesTest {
    private static final String DEPRECATED =
            "NOTICE The 'allow_duplicate_messages' option is now deprecated and will be"
                    + " removed in version 3.0. The behaviour will default to true.";

    private final ConfText conf;
    private final FakeHost host;
    private final FakeParticipant core;
    private final Conductor conductor;

    ConductorNoticesTest(@TempDir Path dir) {
        conf = new ConfText(dir);
        host = new FakeHost(CommandLine.NONE.withConfigFile(conf.main()));
        core = new FakeParticipant("core", 0, host.calls);
        conductor = new Conductor(host, Set.of("core"), new FakeProvisioner(), "run");
    }

    private List<String> refusal() {
        return List.of(
                DEPRECATED,
                "ERROR Error: Invalid 'allow_duplicate_messages' value (maybe).",
                "ERROR Error found at " + conf.main() + ":1.");
    }

    @Test
    void aRefusedStartLogsWhatWasNoticedAsWhatItIs() {
        conf.write("test.conf", "allow_duplicate_messages maybe");
        conductor.join(core.named());
        assertEquals(refusal(), host.log);
        assertEquals(3, host.exitStatus);
    }

    @Test
    void aRefusedReloadLogsWhatWasNoticedAsWhatItIs() {
        conf.write("test.conf", "listener 1883");
        conductor.join(core.named());
        conf.write("test.conf", "allow_duplicate_messages maybe");
        host.log.clear();
        assertEquals(
                "Error: Invalid 'allow_duplicate_messages' value (maybe).\nError found at " + conf.main() + ":1.",
                conductor.reload().message());
        assertEquals("INFORMATION Reloading config.", host.log.remove(0));
        assertEquals("ERROR Error: Nothing was changed.", host.log.remove(host.log.size() - 1));
        assertEquals(refusal(), host.log);
    }
}
