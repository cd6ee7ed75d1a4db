// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.Generation;
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

class ConductorTest {
    private final ConfText conf;
    private final FakeHost host;
    private final FakeProvisioner provisioner = new FakeProvisioner();
    private final FakeParticipant core;
    private final FakeParticipant log;
    private final FakeParticipant transport;
    private final Conductor conductor;

    ConductorTest(@TempDir Path dir) {
        conf = new ConfText(dir);
        host = new FakeHost(CommandLine.NONE.withConfigFile(conf.main()));
        core = new FakeParticipant("core", 0, host.calls);
        log = new FakeParticipant("log", 10, host.calls);
        transport = new FakeParticipant("transport", 100, host.calls);
        conductor = new Conductor(host, Set.of("core", "log", "transport"), provisioner, "run");
        write("listener 1883");
    }

    @Test
    void waitsForEveryRequiredParticipant() {
        conductor.join(transport.named());
        conductor.join(log.named());
        assertEquals(List.of(), host.calls);
        conductor.remind();
        assertEquals(
                List.of(
                        "WARNING Warning: not running yet, waiting for core.",
                        "WARNING Warning: bundle io.culex.core is not started."),
                host.log);
        conductor.join(core.named());
        assertNotNull(host.running);
        conductor.remind();
        assertFalse(host.log.get(host.log.size() - 1).contains("not running yet"));
    }

    @Test
    void givesTheLogItsSettingsBeforeTheOthersAreAsked() {
        start();
        host.calls.removeIf("log"::equals);
        assertEquals(
                List.of(
                        "prepare log",
                        "commit log",
                        "prepare core",
                        "prepare transport",
                        "commit core",
                        "commit transport"),
                host.calls);
    }

    @Test
    void logsTheStart() {
        start();
        assertEquals(
                List.of(
                        "INFORMATION culex version 1.2.3 starting",
                        "INFORMATION Config loaded from " + conf.main() + ".",
                        "INFORMATION culex version 1.2.3 running"),
                host.log);
    }

    @Test
    void saysThatOnlyThisMachineCanConnectWithoutAListener() {
        write("max_keepalive 10");
        start();
        assertTrue(host.log.get(2).startsWith("NOTICE Starting in local only mode."), host.log.get(2));
    }

    @Test
    void failsTheStartWithStatus3ForAWrongFile() {
        write("listener 1883", "nonsense");
        start();
        assertEquals(3, host.exitStatus);
        assertEquals(
                List.of(
                        "ERROR Error: Unknown configuration variable 'nonsense'.",
                        "ERROR Error found at " + conf.main() + ":2."),
                host.log);
        assertNull(host.running);
        assertNull(transport.inForce());
    }

    @Test
    void failsTheStartWithStatus1WhenTheMachineRefuses() {
        transport.refuses = Kind.SYSTEM;
        start();
        assertEquals(1, host.exitStatus);
        assertNull(core.inForce());
        assertTrue(host.calls.contains("abort core"));
        assertEquals("ERROR Error: transport refuses", host.log.get(host.log.size() - 1));
    }

    @Test
    void isNoFailureWhenAStopOvertakesTheStart() {
        transport.refuses = Kind.SYSTEM;
        host.stopping = true;
        start();
        assertNull(host.exitStatus);
        assertEquals(
                List.of(),
                host.log.stream().filter(line -> line.startsWith("ERROR")).toList());
    }

    @Test
    void failsTheStartWithStatus3WhenAParticipantFindsTheFileWrong() {
        log.refuses = Kind.CONFIGURATION;
        start();
        assertEquals(3, host.exitStatus);
        assertNull(core.inForce());
    }

    @Test
    void startsOnRequestAfterAFailedStart() {
        transport.refuses = Kind.SYSTEM;
        start();
        transport.refuses = null;
        assertTrue(conductor.reload().changed());
        assertSame(host.running, transport.inForce());
        assertSame(host.running, log.inForce());
    }

    @Test
    void takesAChangedFileWhole() {
        start();
        Generation before = inForce();
        write("listener 1884", "sys_interval 5");
        Reload.Result result = conductor.reload();
        assertTrue(result.changed());
        Generation after = inForce();
        assertEquals(before.number() + 1, after.number());
        assertEquals(after.number(), result.generation());
        assertEquals(before.runId(), after.runId());
        assertEquals(1884, after.listeners().get(0).binding().port());
        assertEquals(5, after.broker().sysInterval().toSeconds());
        for (FakeParticipant participant : List.of(core, log, transport)) {
            assertSame(after, participant.inForce());
        }
        assertTrue(host.log.contains("INFORMATION Reloading config."));
    }

    @Test
    void changesNothingWhenTheFileIsWrong() {
        start();
        Generation before = inForce();
        host.calls.clear();
        write("listener 1884", "max_qos 3");
        Reload.Result result = conductor.reload();
        assertFalse(result.changed());
        assertEquals(before.number(), result.generation());
        assertEquals(
                "Error: 'max_qos' must be between 0 and 2 inclusive.\nError found at " + conf.main() + ":2.",
                result.message());
        assertEquals(
                List.of("log", "prepare log", "commit log"), host.calls.subList(0, 3), "only its file is opened anew");
        assertEquals(Set.of("log"), Set.copyOf(host.calls.subList(3, host.calls.size())));
        assertNull(host.exitStatus);
        assertEverythingIsAsIn(before);
    }

    @Test
    void tellsOfTheBeginAndEndOfEachChangeThatIsAskedFor() {
        start();
        assertEquals(List.of(), transport.changes);
        conductor.reload();
        write("listener 1884", "max_qos 3");
        conductor.reload();
        assertEquals(List.of("begins", "ends", "begins", "ends"), transport.changes);
    }

    @Test
    void changesNothingWhenARestrictionCannotBeKept() {
        start();
        Generation before = inForce();
        write("listener 1884", "password_file /p");
        assertFalse(conductor.reload().changed());
        assertEverythingIsAsIn(before);
    }

    @Test
    void changesNothingWhicheverParticipantRefuses() {
        start();
        Generation before = inForce();
        write("listener 1884");
        List<FakeParticipant> inOrder = List.of(core, log, transport);
        for (int i = 0; i < inOrder.size(); i++) {
            host.calls.clear();
            inOrder.get(i).refuses = Kind.SYSTEM;
            assertFalse(conductor.reload().changed());
            inOrder.get(i).refuses = null;
            assertEquals(
                    i,
                    host.calls.stream().filter(call -> call.startsWith("abort")).count());
            assertFalse(host.calls.contains("commit core") || host.calls.contains("commit transport"));
            assertEverythingIsAsIn(before);
        }
        assertTrue(conductor.reload().changed());
        assertEquals(1884, inForce().listeners().get(0).binding().port());
    }

    @Test
    void givesLateParticipantsTheGenerationInForce() {
        start();
        host.calls.clear();
        FakeParticipant late = new FakeParticipant("metrics", 200, host.calls);
        conductor.join(late.named());
        assertEquals(List.of("prepare metrics", "commit metrics"), host.calls);
        assertSame(inForce(), late.inForce());
        conductor.reload();
        assertSame(inForce(), late.inForce());
    }

    @Test
    void givesAReturningParticipantTheGenerationInForce() {
        start();
        Participant old = transport.named();
        conductor.leave(old);
        conductor.reload();
        FakeParticipant updated = new FakeParticipant("transport", 100, host.calls);
        conductor.join(updated.named());
        assertSame(inForce(), updated.inForce());
    }

    @Test
    void asksALateParticipantThatRefusedAgainAtTheNextChange() {
        start();
        FakeParticipant late = new FakeParticipant("metrics", 200, host.calls);
        late.refuses = Kind.SYSTEM;
        conductor.join(late.named());
        assertEquals("ERROR Error: metrics refuses", host.log.get(host.log.size() - 1));
        late.refuses = null;
        assertTrue(conductor.reload().changed());
        assertSame(inForce(), late.inForce());
    }

    @Test
    void checksWithoutTaking() {
        start();
        Generation before = inForce();
        write("listener 1884");
        assertEquals("Configuration file is OK.", conductor.check().message());
        write("nonsense");
        assertTrue(conductor.check().message().startsWith("Error: Unknown configuration variable 'nonsense'."));
        assertEverythingIsAsIn(before);
    }

    @Test
    void refusesToReloadBeforeEveryoneIsThere() {
        conductor.join(core.named());
        Reload.Result result = conductor.reload();
        assertFalse(result.changed());
        assertEquals("Error: not running yet, waiting for log, transport.", result.message());
        assertNull(core.inForce());
    }

    @Test
    void saysWhichChangesNeedARestart() {
        start();
        write("listener 1883", "user nobody");
        conductor.reload();
        assertTrue(host.log.toString().contains("take effect at the next start"));
    }

    private void start() {
        conductor.join(transport.named());
        conductor.join(core.named());
        conductor.join(log.named());
    }

    private Generation inForce() {
        return Objects.requireNonNull(host.running);
    }

    private void assertEverythingIsAsIn(Generation before) {
        for (FakeParticipant participant : List.of(core, log, transport)) {
            assertSame(before, participant.inForce());
        }
        assertSame(before, host.running);
    }

    private void write(String... lines) {
        conf.write("test.conf", lines);
    }
}
