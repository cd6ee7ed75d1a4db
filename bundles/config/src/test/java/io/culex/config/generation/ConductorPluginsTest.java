// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.Reload;
import io.culex.config.commandline.CommandLine;
import io.culex.config.file.ConfText;
import io.culex.config.settings.AllFeatures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins in a change of the configuration, and changes that come by themselves. */
class ConductorPluginsTest {
    private final Path dir;
    private final ConfText conf;
    private final FakeHost host;
    private final FakeProvisioner provisioner = new FakeProvisioner();
    private final FakeParticipant core;
    private final FakeParticipant log;
    private final FakeParticipant transport;
    private final Conductor conductor;

    ConductorPluginsTest(@TempDir Path dir) {
        this.dir = dir;
        conf = new ConfText(dir);
        host = new FakeHost(CommandLine.NONE.withConfigFile(conf.main()));
        core = new FakeParticipant("core", 0, host.calls);
        log = new FakeParticipant("log", 10, host.calls);
        transport = new FakeParticipant("transport", 100, host.calls);
        conductor = new Conductor(host, Set.of("core", "log", "transport"), provisioner, "run");
        write("listener 1883");
    }

    @Test
    void checksPluginsWithoutTakingThem() {
        host.features = AllFeatures.installed();
        start();
        Generation before = inForce();
        provisioner.calls.clear();
        write("listener 1883", "acl_file /a", "persistence true");
        assertEquals("Configuration file is OK.", conductor.check().message());
        assertEquals(List.of("make acl_file", "undo"), provisioner.calls);
        provisioner.refusal = "acl-file: Error: Invalid line.";
        assertEquals(provisioner.refusal, conductor.check().message());
        assertEverythingIsAsIn(before);
    }

    @Test
    void makesThePluginsBeforeAnyoneIsAskedAndLetsTheOldOnesGoAfterTheCommit() {
        host.features = AllFeatures.installed();
        provisioner.calls = host.calls;
        write("listener 1883", "acl_file " + conf.write("acl", "topic a"));
        start();
        host.calls.removeIf("log"::equals);
        assertEquals(
                List.of(
                        "prepare log",
                        "commit log",
                        "make acl_file",
                        "prepare core",
                        "prepare transport",
                        "commit core",
                        "commit transport",
                        "keep"),
                host.calls);
        assertEquals(Map.of("acl_file", 1L), inForce().plugins());
        assertEquals(inForce().plugins(), Objects.requireNonNull(core.inForce()).plugins());
    }

    @Test
    void changesNothingWhenAPluginFailsAndSaysItsReason() {
        host.features = AllFeatures.installed();
        start();
        Generation before = inForce();
        provisioner.refusal = "acl-file: Error: Invalid line.\nError found at x:3.";
        write("listener 1883", "acl_file /a");
        Reload.Result result = conductor.reload();
        assertFalse(result.changed());
        assertEquals(provisioner.refusal, result.message());
        assertTrue(host.log.contains("ERROR acl-file: Error: Invalid line."), host.log.toString());
        assertTrue(host.log.contains("ERROR Error found at x:3."));
        assertEverythingIsAsIn(before);
    }

    @Test
    void undoesThePluginsWhenAParticipantRefuses() {
        host.features = AllFeatures.installed();
        start();
        provisioner.calls = host.calls;
        host.calls.clear();
        transport.refuses = Kind.SYSTEM;
        write("listener 1883", "acl_file /a");
        assertFalse(conductor.reload().changed());
        host.calls.removeIf("log"::equals);
        int calls = host.calls.size();
        assertEquals(List.of("undo", "prepare log", "commit log"), host.calls.subList(calls - 3, calls));
        assertFalse(host.calls.contains("keep"));
    }

    @Test
    void aStoreIsNotBegunInTheMiddle() {
        host.features = AllFeatures.installed();
        start();
        provisioner.calls.clear();
        write("listener 1883", "persistence true");
        assertTrue(conductor.reload().changed());
        assertEquals(List.of("keep"), provisioner.calls);
        assertFalse(inForce().broker().persistent());
        assertTrue(host.log.toString().contains("take effect at the next start"), host.log.toString());
    }

    @Test
    void norIsAStoreLeftInTheMiddle() {
        host.features = AllFeatures.installed();
        write("listener 1883", "persistence true", "persistence_location " + dir);
        start();
        for (String line : List.of("persistence false", "max_keepalive 60")) {
            provisioner.calls.clear();
            host.log.clear();
            write("listener 1883", line);
            assertTrue(conductor.reload().changed());
            assertEquals(List.of("make the store", "keep"), provisioner.calls);
            assertTrue(inForce().broker().persistent());
            assertTrue(host.log.toString().contains("take effect at the next start"), host.log.toString());
        }
    }

    @Test
    void saysWhetherTheFileIsInForce() {
        start();
        write("nonsense");
        conductor.reload();
        write("listener 1883");
        conductor.reload();
        assertEquals(List.of(false, true), host.reloads);
    }

    @Test
    void takesAChangedFileByItselfOnRequest() throws Exception {
        write("listener 1883", "config_watch true", "include_dir " + Files.createDirectory(dir.resolve("more")));
        age(dir.resolve("more"));
        start();
        conductor.look();
        conductor.look();
        assertEquals(1, inForce().number());
        conf.write("more/x.conf", "sys_interval 5");
        age(dir.resolve("more/x.conf"));
        conductor.look();
        conductor.look();
        assertEquals(2, inForce().number());
        assertEquals(5, inForce().broker().sysInterval().toSeconds());
        write("listener 1884");
        conductor.look();
        conductor.look();
        assertEquals(3, inForce().number());
        write("listener 1885");
        conductor.look();
        conductor.look();
        assertEquals(3, inForce().number());
    }

    /** As when a password file that could not be read is given to the broker. */
    @Test
    void triesAgainWhatWasRefusedOnceItsPermissionsAreChanged() throws Exception {
        Path main = Path.of(conf.main());
        write("listener 1883", "config_watch true");
        age(main);
        start();
        provisioner.refusal = "password-file: Error: Unable to open.";
        write("listener 1884", "config_watch true");
        age(main);
        look();
        assertEquals(List.of(false), host.reloads);
        look();
        assertEquals(List.of(false), host.reloads);

        provisioner.refusal = null;
        Object before = Files.getAttribute(main, "unix:ctime");
        do {
            Files.setPosixFilePermissions(main, PosixFilePermissions.fromString("rw-------"));
        } while (before.equals(Files.getAttribute(main, "unix:ctime")));
        look();
        assertEquals(List.of(false, true), host.reloads);
        assertEquals(1884, inForce().listeners().get(0).binding().port());
    }

    private void look() {
        conductor.look();
        conductor.look();
    }

    /** Older than the read that follows. */
    private static void age(Path file) throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
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
