// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Authorizer;
import io.culex.api.auth.PluginProperties;
import io.culex.api.config.GenerationRefusedException;
import io.culex.config.felix.RealFramework;
import io.culex.config.file.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;

/** In a real framework, against its configuration admin and its component runtime. */
class FactoryConfigurationsTest {
    private static final String PID = "io.culex.auth.strict";
    private static final String DELAYED = "";
    private static final String IMMEDIATE = "immediate=\"true\"";

    private final RealFramework framework;
    private final List<String> log = new ArrayList<>();
    private Runnable reminded = () -> {};
    private FactoryConfigurations provisioner;

    FactoryConfigurationsTest(@TempDir Path cache) throws Exception {
        framework = new RealFramework(cache);
        provisioner = provisioner("run", Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    private FactoryConfigurations provisioner(String runId, Duration bound) {
        return new FactoryConfigurations(
                framework.configurations(),
                new Readiness(framework.context(), framework.components(), bound, (type, line) -> {
                    log.add(type + " " + line);
                    reminded.run();
                }),
                new JarBundles(framework.context(), (type, line) -> log.add(type + " " + line)),
                runId,
                (type, line) -> log.add(type + " " + line));
    }

    private static Provision strict(String name, Map<String, Object> properties) {
        return new Provision(
                PID, name, properties, new Provision.Source(new Place("test.conf", 3, null), "", null), null, false);
    }

    private static Provision containing(String content) {
        return new Provision(PID, "acl", Map.of(), new Provision.Source(null, content, null), null, false);
    }

    private TreeSet<String> pids() throws Exception {
        TreeSet<String> pids = new TreeSet<>();
        Configuration[] all = framework.configurations().listConfigurations(null);
        for (Configuration configuration : all == null ? new Configuration[0] : all) {
            pids.add(configuration.getPid());
        }
        return pids;
    }

    private List<ServiceReference<?>> services() throws Exception {
        ServiceReference<?>[] found = framework.context().getAllServiceReferences(Authorizer.class.getName(), null);
        return found == null ? List.of() : List.of(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {DELAYED, IMMEDIATE})
    void theNewServiceStandsBesideTheOldUntilItIsKept(String kind) throws Exception {
        framework.installPlugin("strict", PID, kind);
        Provisioner.Round first = provisioner.prepare(1, List.of(strict("acl", Map.of("a", "1"))));
        assertEquals(Map.of("acl", 1L), first.generations());
        first.keep();
        Provisioner.Round second = provisioner.prepare(2, List.of(strict("acl", Map.of("a", "2"))));
        assertEquals(Map.of("acl", 2L), second.generations());
        assertEquals(2, services().size());
        second.keep();
        assertEquals(new TreeSet<>(List.of(PID + "~acl.g2")), pids());
        awaitServices(1);
        ServiceReference<?> left = services().get(0);
        assertEquals("2", left.getProperty("a"));
        assertEquals("acl", left.getProperty("culex.plugin"));
        assertEquals(2L, left.getProperty("culex.generation"));
        assertEquals("config:run", left.getProperty("culex.origin"));
    }

    @Test
    void anUnchangedPluginKeepsItsConfiguration() throws Exception {
        framework.installPlugin("strict", PID, IMMEDIATE);
        provisioner.prepare(1, List.of(strict("acl", Map.of("a", "1")))).keep();
        Provisioner.Round second =
                provisioner.prepare(2, List.of(strict("acl", Map.of("a", "1")), strict("other", Map.of())));
        assertEquals(Map.of("acl", 1L, "other", 2L), second.generations());
        second.keep();
        assertEquals(new TreeSet<>(List.of(PID + "~acl.g1", PID + "~other.g2")), pids());
    }

    @Test
    void anotherContentOfItsFilesIsAnotherPlugin() throws Exception {
        framework.installPlugin("strict", PID, IMMEDIATE);
        provisioner.prepare(1, List.of(containing("one"))).keep();
        assertEquals(
                Map.of("acl", 2L),
                provisioner.prepare(2, List.of(containing("two"))).generations());
    }

    @Test
    void aFixedOneStaysAsItWasMadeFirst() throws Exception {
        framework.installPlugin("strict", PID, IMMEDIATE);
        provisioner
                .prepare(1, List.of(new Provision(PID, "store", Map.of("a", "1"), Provision.Source.NONE, null, true)))
                .keep();
        assertEquals(
                Map.of("store", 1L),
                provisioner
                        .prepare(
                                2,
                                List.of(new Provision(
                                        PID, "store", Map.of("a", "2"), Provision.Source.NONE, null, true)))
                        .generations());
    }

    private static Provision keepingData(Map<String, Object> properties) {
        return new Provision(PID, "the store", properties, Provision.Source.NONE, Authorizer.class.getName(), true);
    }

    @Test
    @Timeout(60)
    void waitsForOneThatKeepsDataAsLongAsItReadsItAndSaysSo(@TempDir Path dir) throws Exception {
        framework.installPlugin("strict", PID, IMMEDIATE);
        provisioner = provisioner("run", Duration.ofSeconds(1));
        Path read = dir.resolve("read");
        reminded = () -> touch(read);
        Provisioner.Round round = provisioner.prepare(1, List.of(keepingData(Map.of("until", read.toString()))));
        assertEquals(Map.of("the store", 1L), round.generations());
        assertTrue(
                log.get(0).matches("WARNING Warning: waiting for the store for \\d+ s: strict is not active yet\\."),
                log::toString);
    }

    private static void touch(Path file) {
        try {
            Files.write(file, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void refusesAtOnceWhatKeepsDataAndCannotReadIt() throws Exception {
        framework.installPlugin("strict", PID, IMMEDIATE);
        provisioner = provisioner("run", Duration.ofSeconds(60));
        GenerationRefusedException refused = assertThrows(
                GenerationRefusedException.class,
                () -> provisioner.prepare(1, List.of(keepingData(Map.of("bad", "Error: damaged.")))));
        assertEquals("Error: damaged.", refused.getMessage());
        assertEquals(new TreeSet<>(), pids());
    }

    @Test
    void doesNotWaitForeverForWhatKeepsDataAndIsNotEvenMade() throws Exception {
        framework.installPlugin("strict", PID, IMMEDIATE, "<reference name=\"hash\" interface=\"not.There\"/>");
        provisioner = provisioner("run", Duration.ofSeconds(1));
        GenerationRefusedException refused = assertThrows(
                GenerationRefusedException.class, () -> provisioner.prepare(1, List.of(keepingData(Map.of()))));
        assertEquals("Error: the store is not there: strict waits for hash.", refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {DELAYED, IMMEDIATE})
    void aFailingConstructorIsTheReasonAndNothingIsLeft(String kind) throws Exception {
        framework.installPlugin("strict", PID, kind);
        provisioner.prepare(1, List.of(strict("acl", Map.of()))).keep();
        GenerationRefusedException refused = assertThrows(
                GenerationRefusedException.class,
                () -> provisioner.prepare(
                        2,
                        List.of(
                                strict("good", Map.of()),
                                strict("acl", Map.of("bad", "acl-file: Error: Invalid line in acl_file \"/a\": x.")))));
        assertEquals(
                "acl-file: Error: Invalid line in acl_file \"/a\": x.\nError found at test.conf:3.",
                refused.getMessage());
        assertEquals(GenerationRefusedException.Kind.CONFIGURATION, refused.kind());
        assertEquals(new TreeSet<>(List.of(PID + "~acl.g1")), pids());
        assertEquals(
                Map.of("acl", 1L),
                provisioner.prepare(3, List.of(strict("acl", Map.of()))).generations());
    }

    @Test
    void anUndoneRoundLeavesWhatWas() throws Exception {
        framework.installPlugin("strict", PID, IMMEDIATE);
        provisioner.prepare(1, List.of(strict("acl", Map.of("a", "1")))).keep();
        provisioner.prepare(2, List.of(strict("acl", Map.of("a", "2")))).undo();
        assertEquals(new TreeSet<>(List.of(PID + "~acl.g1")), pids());
        assertEquals(
                Map.of("acl", 1L),
                provisioner.prepare(3, List.of(strict("acl", Map.of("a", "1")))).generations());
    }

    @Test
    void anAttemptTellsTheComponentThatItIsATrialAndLeavesNothing() throws Exception {
        List<Object> told = new CopyOnWriteArrayList<>();
        framework
                .context()
                .addServiceListener(
                        event -> {
                            if (event.getType() == ServiceEvent.REGISTERED) {
                                told.add(event.getServiceReference().getProperty(PluginProperties.TRIAL));
                            }
                        },
                        "(" + PluginProperties.NAME + "=acl)");
        framework.installPlugin("strict", PID, IMMEDIATE);
        provisioner.attempt(1, List.of(strict("acl", Map.of())));
        assertEquals(List.of(true), told);
        assertEquals(new TreeSet<>(), pids());
        awaitServices(0);
    }

    @Test
    void saysWhatAComponentWaitsForWhenTheTimeIsOver() throws Exception {
        framework.installPlugin(
                "strict", PID, "", "<reference name=\"hash\" interface=\"not.There\" target=\"(a=b)\"/>");
        provisioner = provisioner("run", Duration.ofMillis(200));
        GenerationRefusedException refused = assertThrows(
                GenerationRefusedException.class, () -> provisioner.prepare(1, List.of(strict("acl", Map.of()))));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .startsWith("Error: acl is not there: strict waits for hash (a=b)."),
                refused.getMessage());
        assertEquals(new TreeSet<>(), pids());
    }

    @Test
    void saysWhenNobodyTakesTheConfiguration() throws Exception {
        provisioner = provisioner("run", Duration.ofMillis(50));
        GenerationRefusedException refused = assertThrows(
                GenerationRefusedException.class, () -> provisioner.prepare(1, List.of(strict("acl", Map.of()))));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("no component takes configurations of " + PID),
                refused.getMessage());
    }

    @Test
    void removesWhatAnEarlierRunLeftAndNothingElse() throws Exception {
        framework.installPlugin("strict", PID, IMMEDIATE);
        provisioner.prepare(1, List.of(strict("acl", Map.of()))).keep();
        framework.configurations().getFactoryConfiguration(PID, "hand", "?").update(new Hashtable<>(Map.of("a", "b")));
        FactoryConfigurations next = provisioner("next", Duration.ofSeconds(10));
        next.clean();
        assertEquals(new TreeSet<>(List.of(PID + "~hand")), pids());
        next.prepare(1, List.of(strict("acl", Map.of()))).keep();
        next.clean();
        assertEquals(new TreeSet<>(List.of(PID + "~acl.g1", PID + "~hand")), pids());
    }

    @Test
    void reportsAConfigurationMadeByHandUnderTheSameName() throws Exception {
        framework.installPlugin("strict", PID, IMMEDIATE);
        framework
                .configurations()
                .getFactoryConfiguration(PID, "hand", "?")
                .update(new Hashtable<>(Map.of("culex.plugin", "acl")));
        provisioner.prepare(1, List.of(strict("acl", Map.of()))).keep();
        assertEquals(1, log.size());
        assertTrue(log.get(0).startsWith("WARNING Warning: The configuration " + PID + "~hand also names plugin acl"));
    }

    @Test
    void makesAnewWhatWasRemovedByHand() throws Exception {
        framework.installPlugin("strict", PID, IMMEDIATE);
        provisioner.prepare(1, List.of(strict("acl", Map.of()))).keep();
        framework.configurations().getFactoryConfiguration(PID, "acl.g1", "?").delete();
        assertEquals(
                Map.of("acl", 2L),
                provisioner.prepare(2, List.of(strict("acl", Map.of()))).generations());
    }

    @Test
    void namesThatAreOneWhenWrittenAreStillTwo() throws Exception {
        framework.installPlugin("strict", PID, IMMEDIATE);
        provisioner
                .prepare(1, List.of(strict("acl_file@1883", Map.of()), strict("acl_file%1883", Map.of())))
                .keep();
        assertEquals(new TreeSet<>(List.of(PID + "~acl_file_1883.g1", PID + "~acl_file_1883.g1-2")), pids());
    }

    private void awaitServices(int count) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (services().size() != count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(count, services().size());
    }
}
