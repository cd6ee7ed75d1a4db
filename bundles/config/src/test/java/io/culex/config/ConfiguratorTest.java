// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.Reload;
import io.culex.api.config.Running;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.config.commandline.CommandLine;
import io.culex.config.file.ConfText;
import io.culex.config.generation.FakeParticipant;
import io.culex.config.generation.FakeProvisioner;
import io.culex.config.settings.Features;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class ConfiguratorTest {
    private final Map<String, String> properties = new HashMap<>();
    private final FakeFramework framework = new FakeFramework(properties);
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final FakeParticipant core = new FakeParticipant("core", 0, calls);
    private final FakeProvisioner provisioner = new FakeProvisioner();
    private final ConfText conf;

    ConfiguratorTest(@TempDir Path dir) {
        conf = new ConfText(dir);
        properties.put(CommandLine.VERBOSITY, CommandLine.Verbosity.QUIET.name());
        properties.put(CommandLine.CONF, conf.write("test.conf", "listener 1883"));
    }

    @AfterEach
    void forget() {
        System.clearProperty(FrameworkHost.EXIT_CODE);
        System.clearProperty(FrameworkHost.STOPPING);
    }

    @Test
    void runsAndSaysSoWhenTheParticipantsAreThere() throws Exception {
        Configurator configurator = configurator();
        configurator.addParticipant(core, Map.of("culex.participant", "core"));
        assertTrue(configurator.reload().changed());
        Running running = framework.service(Running.class);
        assertEquals(2, running.generation());
        assertEquals(List.of("prepare core", "commit core", "prepare core", "commit core"), calls);
        assertEquals(List.of("clean", "keep", "keep"), provisioner.calls);
        configurator.close();
        assertFalse(framework.has(Running.class));
    }

    @Test
    @Timeout(60)
    void saysAgainAndAgainWhatItWaitsFor() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Configurator configurator = configurator(Duration.ofMillis(100));
        configurator.bindLog(new LineLog(lines));
        int reasons = 0;
        while (reasons < 3) {
            String line = lines.poll(10, TimeUnit.SECONDS);
            assertNotNull(line, "said only " + reasons + " times");
            reasons += line.equals("WARNING Warning: LogStore is not active yet.") ? 1 : 0;
        }
        configurator.close();
    }

    @Test
    void changesTheConfigurationOnItsOwnThreadOnly() throws Exception {
        List<String> threads = Collections.synchronizedList(new ArrayList<>());
        Configurator configurator = configurator();
        configurator.addParticipant(new ThreadWitness(threads), Map.of("culex.participant", "core"));
        configurator.reload();
        configurator.close();
        assertEquals(List.of("culex-admin", "culex-admin", "culex-admin", "culex-admin"), threads);
    }

    @Test
    void stopsTheFrameworkWithTheStatusWhenTheFirstStartFails() throws Exception {
        properties.put(FrameworkHost.EXIT_ON_FAILURE, "true");
        conf.write("test.conf", "nonsense");
        Configurator configurator = configurator();
        configurator.addParticipant(core, Map.of("culex.participant", "core"));
        assertTrue(framework.stopped.await(10, TimeUnit.SECONDS));
        assertEquals("3", System.getProperty(FrameworkHost.EXIT_CODE));
        configurator.close();
    }

    @Test
    void staysClosedInAFrameworkThatOthersShare() throws Exception {
        core.refuses = GenerationRefusedException.Kind.SYSTEM;
        Configurator configurator = configurator();
        configurator.addParticipant(core, Map.of("culex.participant", "core"));
        configurator.check();
        assertEquals("1", System.getProperty(FrameworkHost.EXIT_CODE));
        assertEquals(1, framework.stopped.getCount());
        configurator.close();
    }

    @Test
    void endsWithoutAStatusWhenTheFrameworkStopsDuringTheFirstStart() throws Exception {
        framework.state = Bundle.STOPPING;
        assertRefusalIsNoFailure();
    }

    @Test
    void endsWithoutAStatusWhenASignalAsksForAStopDuringTheFirstStart() throws Exception {
        System.setProperty(FrameworkHost.STOPPING, "true");
        assertRefusalIsNoFailure();
    }

    private void assertRefusalIsNoFailure() throws Exception {
        properties.put(FrameworkHost.EXIT_ON_FAILURE, "true");
        core.refuses = GenerationRefusedException.Kind.SYSTEM;
        Configurator configurator = configurator();
        configurator.addParticipant(core, Map.of("culex.participant", "core"));
        configurator.check();
        assertNull(System.getProperty(FrameworkHost.EXIT_CODE));
        assertEquals(1, framework.stopped.getCount());
        configurator.close();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void livesThroughAHangUpWithoutAFile() throws Exception {
        properties.remove(CommandLine.CONF);
        properties.put("culex.own.process", "true");
        Configurator configurator = configurator();
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        configurator.bindLog(new LineLog(lines));
        String pid = String.valueOf(ProcessHandle.current().pid());
        assertTrue(new ProcessBuilder("kill", "-HUP", pid).start().waitFor(10, TimeUnit.SECONDS));
        assertEquals("NOTICE SIGHUP: there is no configuration file to be loaded.", lines.poll(10, TimeUnit.SECONDS));
        configurator.close();
    }

    private record LineLog(BlockingQueue<String> lines) implements BrokerLog {
        @Override
        public boolean enabled(LogType type) {
            return true;
        }

        @Override
        public boolean connectionMessages() {
            return true;
        }

        @Override
        public void log(LogType type, String line) {
            lines.add(type + " " + line);
        }
    }

    @Test
    void knowsTheFeaturesThatBundlesBring() throws Exception {
        conf.write("test.conf", "listener 1883", "password_file /p");
        Configurator configurator = configurator();
        configurator.addParticipant(core, Map.of("culex.participant", "core"));
        Reload.Result refused = configurator.check();
        assertTrue(refused.message().contains("culex-auth-passwordfile, which is not installed"), refused.message());
        framework.headers.put(Features.HEADER, "culex-auth-passwordfile");
        assertEquals("Configuration file is OK.", configurator.check().message());
        configurator.close();
    }

    @Test
    void readsTheFileInKarafsFolderWithoutACommandLine() throws Exception {
        String file = String.valueOf(properties.remove(CommandLine.CONF));
        properties.put("karaf.etc", String.valueOf(Path.of(file).getParent()));
        Configurator configurator = configurator();
        assertEquals("Configuration file is OK.", configurator.check().message());
        conf.write("mosquitto.conf", "nonsense");
        configurator.close();
        Configurator other = configurator();
        assertTrue(other.check().message().contains("mosquitto.conf:1"));
        other.close();
    }

    @Test
    void forgetsAParticipantThatLeft() throws Exception {
        Configurator configurator = configurator();
        configurator.addParticipant(core, Map.of("culex.participant", "core"));
        configurator.check();
        configurator.removeParticipant(core);
        calls.clear();
        configurator.reload();
        assertEquals(List.of(), calls);
        configurator.close();
    }

    private Configurator configurator() {
        return configurator(Duration.ofSeconds(30));
    }

    private Configurator configurator(Duration remindEvery) {
        return new Configurator(
                framework.context(),
                new Configurator.Awaited(Set.of("core"), () -> List.of("LogStore is not active yet"), remindEvery),
                (runId, log) -> provisioner);
    }
}
