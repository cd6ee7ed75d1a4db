// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Authorizer;
import io.culex.api.config.GenerationRefusedException;
import io.culex.config.felix.RealFramework;
import io.culex.config.file.Place;
import io.culex.config.plugin.PluginJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.bundle.CollisionHook;

/** Plugins that are jars, in a real framework. */
class JarBundlesTest {
    private static final String PID = "mine.pid";

    private final RealFramework framework;
    private final Path jar;
    private final FactoryConfigurations provisioner;

    JarBundlesTest(@TempDir Path dir) throws Exception {
        framework = new RealFramework(dir.resolve("cache"));
        jar = dir.resolve("mine.jar");
        framework.context().registerService(CollisionHook.class, new JarTwins(framework.context()), null);
        provisioner = provisioner("run");
    }

    private FactoryConfigurations provisioner(String run) {
        return new FactoryConfigurations(
                framework.configurations(),
                new Readiness(framework.context(), framework.components(), Duration.ofSeconds(10), (type, line) -> {}),
                new JarBundles(framework.context(), (type, line) -> {}),
                run,
                (type, line) -> {});
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    private Provision plugin(Map<String, String> headers, Map<String, Object> properties) throws Exception {
        Files.write(jar, RealFramework.plugin("mine", headers, RealFramework.component("mine", PID, "", "")));
        PluginJar read = PluginJar.read(jar.toString(), new Place("test.conf", 2, null));
        return new Provision(PID, "mine", properties, new Provision.Source(null, "", read), null, false);
    }

    private List<Bundle> bundles() {
        return Arrays.stream(framework.context().getBundles())
                .filter(JarBundles::isOurs)
                .toList();
    }

    private TreeSet<String> versions() throws Exception {
        ServiceReference<?>[] found = framework.context().getAllServiceReferences(Authorizer.class.getName(), null);
        return Arrays.stream(found == null ? new ServiceReference<?>[0] : found)
                .map(reference -> reference.getBundle().getHeaders().get("Build") + " " + reference.getProperty("a"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** On any other thread the bundle may be gone first, and with it the classes by which those who use the service are found. */
    @Test
    void servicesGoBeforeTheClassesDo() throws Exception {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        framework
                .context()
                .addServiceListener(
                        event -> {
                            if (event.getType() == ServiceEvent.UNREGISTERING) {
                                threads.add(Thread.currentThread());
                            }
                        },
                        "(objectClass=" + Authorizer.class.getName() + ")");
        provisioner.prepare(1, List.of(plugin(Map.of("Build", "1"), Map.of()))).keep();
        provisioner.prepare(2, List.of(plugin(Map.of("Build", "2"), Map.of()))).undo();
        provisioner.prepare(3, List.of(plugin(Map.of("Build", "3"), Map.of()))).keep();
        assertEquals(List.of(Thread.currentThread(), Thread.currentThread()), threads);
        assertEquals(new TreeSet<>(List.of("3 null")), versions());
    }

    @Test
    void isInstalledReconfiguredAndRemoved() throws Exception {
        provisioner
                .prepare(1, List.of(plugin(Map.of("Build", "1"), Map.of("a", "x"))))
                .keep();
        assertEquals(new TreeSet<>(List.of("1 x")), versions());
        Bundle bundle = bundles().get(0);
        Provisioner.Round round = provisioner.prepare(2, List.of(plugin(Map.of("Build", "1"), Map.of("a", "y"))));
        assertEquals(new TreeSet<>(List.of("1 x", "1 y")), versions());
        round.keep();
        assertEquals(List.of(bundle), bundles());
        provisioner.prepare(3, List.of()).keep();
        assertEquals(List.of(), bundles());
        assertEquals(new TreeSet<>(), versions());
    }

    @Test
    void theChangedJarStandsBesideTheOldOneOfTheSameVersionUntilItIsKept() throws Exception {
        provisioner
                .prepare(1, List.of(plugin(Map.of("Build", "1"), Map.of("a", "x"))))
                .keep();
        Provisioner.Round round = provisioner.prepare(2, List.of(plugin(Map.of("Build", "2"), Map.of("a", "x"))));
        assertEquals(Map.of("mine", 2L), round.generations());
        assertEquals(new TreeSet<>(List.of("1 x", "2 x")), versions());
        round.keep();
        assertEquals(new TreeSet<>(List.of("2 x")), versions());
        assertEquals(1, bundles().size());
    }

    @Test
    void aChangedJarThatFailsIsGoneAgain() throws Exception {
        provisioner
                .prepare(1, List.of(plugin(Map.of("Build", "1"), Map.of("a", "x"))))
                .keep();
        Provision failing = plugin(Map.of("Build", "2"), Map.of("bad", "Error: no"));
        assertThrows(GenerationRefusedException.class, () -> provisioner.prepare(2, List.of(failing)));
        assertEquals(new TreeSet<>(List.of("1 x")), versions());
        assertEquals(1, bundles().size());
    }

    @Test
    void aJarThatDoesNotResolveIsRefusedAndGone() throws Exception {
        Provision failing = plugin(Map.of("Import-Package", "not.there"), Map.of());
        String reason = String.valueOf(
                assertThrows(GenerationRefusedException.class, () -> provisioner.prepare(1, List.of(failing)))
                        .getMessage());
        assertTrue(reason.startsWith("Error: Unable to load plugin '" + jar + "': "), reason);
        assertTrue(reason.contains("not.there"), reason);
        assertEquals(List.of(), bundles());
    }

    @Test
    void aJarThatWouldTouchTheBaseIsNotInstalled() throws Exception {
        Provision failing = plugin(Map.of("Export-Package", "org.osgi.service.cm"), Map.of());
        String reason = String.valueOf(
                assertThrows(GenerationRefusedException.class, () -> provisioner.prepare(1, List.of(failing)))
                        .getMessage());
        assertTrue(reason.contains("it exports org.osgi.service.cm, which org.apache.felix."), reason);
        assertEquals(List.of(), bundles());
    }

    @Test
    void whatAnEarlierRunInstalledIsRemoved() throws Exception {
        provisioner.prepare(1, List.of(plugin(Map.of(), Map.of()))).keep();
        provisioner("next").clean();
        assertEquals(List.of(), bundles());
        assertEquals(new TreeSet<>(), versions());
    }
}
