// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.Generation;
import io.culex.api.config.Reload;
import io.culex.config.commandline.CommandLine;
import io.culex.config.file.ConfText;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a participant throws that is no refusal, such as the error of a bundle which is being replaced. */
class BrokenParticipantTest {
    private final FakeHost host;
    private final FakeParticipant core;
    private final FakeParticipant transport;
    private final Conductor conductor;

    BrokenParticipantTest(@TempDir Path dir) {
        ConfText conf = new ConfText(dir);
        conf.write("test.conf", "listener 1883");
        host = new FakeHost(CommandLine.NONE.withConfigFile(conf.main()));
        core = new FakeParticipant("core", 0, host.calls);
        transport = new FakeParticipant("transport", 100, host.calls);
        conductor = new Conductor(host, Set.of("core", "transport"), new FakeProvisioner(), "run");
    }

    private void start() {
        conductor.join(transport.named());
        conductor.join(core.named());
    }

    static Stream<Throwable> causes() {
        return Stream.of(new IllegalStateException("broken"), new NoClassDefFoundError("broken"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void refusesTheReloadAndChangesNothing(Throwable cause) {
        start();
        Generation before = Objects.requireNonNull(transport.inForce());
        transport.breaks = cause;
        Reload.Result result = conductor.reload();
        assertFalse(result.changed());
        assertEquals("Error: transport failed: " + cause, result.message());
        assertSame(before, core.inForce());
        assertSame(before, transport.inForce());
        assertTrue(host.calls.contains("abort core"), () -> "" + host.calls);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void failsTheStart(Throwable cause) {
        core.breaks = cause;
        start();
        assertEquals(1, host.exitStatus);
    }

    @Test
    void takesWhatItCanFromOneThatFailsWhileTheOthersTakeIt() {
        start();
        FakeParticipant ill = new FakeParticipant("ill", 50, host.calls);
        conductor.join(ill.named());
        ill.breaksAtCommit = new NoClassDefFoundError("broken");
        assertTrue(conductor.reload().changed());
        assertSame(core.inForce(), transport.inForce());
    }
}
