// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.Reload;
import io.culex.config.commandline.CommandLine;
import io.culex.config.file.ConfText;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back to the configuration from before. */
class RollbackTest {
    private final ConfText conf;
    private final FakeHost host;
    private final FakeParticipant core;
    private final Conductor conductor;

    RollbackTest(@TempDir Path dir) {
        conf = new ConfText(dir);
        host = new FakeHost(CommandLine.NONE.withConfigFile(conf.main()));
        core = new FakeParticipant("core", 0, host.calls);
        conductor = new Conductor(host, Set.of("core"), new FakeProvisioner(), "run");
        listenOn(1883);
        conductor.join(core.named());
    }

    private void listenOn(int port) {
        conf.write("test.conf", "listener " + port);
    }

    private int port() {
        return Objects.requireNonNull(host.running).listeners().get(0).binding().port();
    }

    @Test
    void goesBackStepByStepThoughTheFileIsAnother() {
        listenOn(1884);
        assertTrue(conductor.reload().changed());
        listenOn(1885);
        assertTrue(conductor.reload().changed());
        assertTrue(conductor.rollback().changed());
        assertEquals(1884, port());
        Reload.Result second = conductor.rollback();
        assertTrue(second.changed());
        assertEquals(1883, port());
        assertEquals(Objects.requireNonNull(host.running).number(), second.generation());
        assertFalse(conductor.rollback().changed());
        assertEquals(1883, port());
        assertTrue(conductor.reload().changed());
        assertEquals(1885, port());
    }

    @Test
    void aReloadOfTheSameTextIsNoStep() {
        listenOn(1884);
        conductor.reload();
        conductor.reload();
        conductor.rollback();
        assertEquals(1883, port());
    }

    @Test
    void includedFilesAreAsTheyWere() {
        conf.write("d/a.conf", "listener 2001");
        conf.write("test.conf", "include_dir " + Path.of(conf.main()).resolveSibling("d"));
        conductor.reload();
        conf.write("d/a.conf", "listener 2002");
        conf.write("d/b.conf", "listener 2003");
        conductor.reload();
        assertEquals(2, Objects.requireNonNull(host.running).listeners().size());
        conductor.rollback();
        assertEquals(1, Objects.requireNonNull(host.running).listeners().size());
        assertEquals(2001, port());
    }

    @Test
    void oneThatIsRefusedChangesNothing() {
        listenOn(1884);
        conductor.reload();
        core.refuses = Kind.SYSTEM;
        assertFalse(conductor.rollback().changed());
        assertEquals(1884, port());
        core.refuses = null;
        assertTrue(conductor.rollback().changed());
        assertEquals(1883, port());
        assertEquals(List.of(true), host.reloads, "a rollback, taken or refused, is no reload");
        assertEquals(1, host.rollbacks);
    }

    @Test
    void withoutAChangeThereIsNoWayBack() {
        Reload.Result result = conductor.rollback();
        assertFalse(result.changed());
        assertTrue(result.message().contains("nothing has changed since the start"), result.message());
    }
}
