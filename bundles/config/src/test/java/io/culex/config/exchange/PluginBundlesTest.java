// SPDX-License-Identifier: Apache-2.0
package io.culex.config.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.Operation.RefusedException;
import io.culex.api.config.Reload;
import io.culex.config.felix.RealFramework;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceEvent;

/** Bundles of plugins exchanged by hand, in a real framework. */
class PluginBundlesTest {
    private static final String PID = "mine.pid";

    private final RealFramework framework;
    private final PluginBundlesService service;
    private final Path dir;

    PluginBundlesTest(@TempDir Path dir) throws Exception {
        this.dir = dir;
        framework = new RealFramework(dir.resolve("cache"));
        Reload reload = (Reload) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Reload.class}, (p, method, args) -> null);
        service = new PluginBundlesService(framework.context(), framework.components(), reload);
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    private String jar(String name, String version, String inComponent) throws Exception {
        byte[] bytes = RealFramework.plugin(
                name, Map.of("Bundle-Version", version), RealFramework.component(name, PID, "", inComponent));
        return Files.write(dir.resolve(name + "-" + version + ".jar"), bytes).toString();
    }

    /** The bundle mine, whose component serves the plugin p. */
    private Bundle serving() throws Exception {
        Bundle bundle = framework.installPlugin("mine", PID, "");
        framework
                .configurations()
                .getFactoryConfiguration(PID, "p", "?")
                .update(new Hashtable<>(Map.of("culex.plugin", "p")));
        new PluginServices(framework.context(), framework.components(), Duration.ofSeconds(10))
                .await(bundle, Set.of("p"));
        return bundle;
    }

    private int services() throws Exception {
        return Objects.requireNonNull(framework.context().getAllServiceReferences(null, "(culex.plugin=p)")).length;
    }

    private String refusal(Executable change) {
        return String.valueOf(assertThrows(RefusedException.class, change).getMessage());
    }

    @Test
    void aSwapLeavesNoMomentWithoutThePlugin() throws Exception {
        Bundle bundle = serving();
        AtomicInteger there = new AtomicInteger(1);
        AtomicInteger fewest = new AtomicInteger(1);
        framework
                .context()
                .addServiceListener(
                        event -> {
                            if (event.getType() == ServiceEvent.REGISTERED) {
                                there.incrementAndGet();
                            } else if (event.getType() == ServiceEvent.UNREGISTERING) {
                                fewest.accumulateAndGet(there.decrementAndGet(), Math::min);
                            }
                        },
                        "(culex.plugin=p)");
        int before = framework.context().getBundles().length;
        String said = service.swap("p", jar("mine", "2.0.0", ""));
        assertTrue(said.contains("mine 0.0.0") && said.contains("2.0.0"), said);
        assertEquals("2.0.0", bundle.getVersion().toString());
        assertEquals(Bundle.ACTIVE, bundle.getState());
        assertEquals(before, framework.context().getBundles().length);
        assertEquals(1, there.get());
        assertEquals(1, fewest.get());
    }

    @Test
    void aSwapForOneThatFailsChangesNothing() throws Exception {
        Bundle bundle = serving();
        String broken = jar("mine", "3.0.0", "<property name=\"bad\" value=\"Error: cannot be\"/>");
        String said = refusal(() -> service.swap("p", broken));
        assertTrue(said.startsWith("Error: cannot be "), said);
        assertTrue(said.contains("plugin-update exchanges it in place"), said);
        assertEquals("0.0.0", bundle.getVersion().toString());
        assertEquals(Bundle.ACTIVE, bundle.getState());
        assertEquals(1, services());
    }

    @Test
    void anUpdateExchangesInPlace() throws Exception {
        Bundle bundle = serving();
        service.update("mine", jar("mine", "2.0.0", ""));
        assertEquals("2.0.0", bundle.getVersion().toString());
        assertEquals(1, services());
    }

    @Test
    void anUpdateOfWhatServesNoPluginByNameIsLookedAtToo() throws Exception {
        framework.installPlugin("io.culex.stage", PID, "");
        framework
                .configurations()
                .getFactoryConfiguration(PID, "s", "?")
                .update(new Hashtable<>(Map.of("culex.stage", "s")));
        String broken = jar("io.culex.stage", "3.0.0", "<property name=\"bad\" value=\"Error: cannot be\"/>");
        String said = refusal(() -> service.update("io.culex.stage", broken));
        assertTrue(said.startsWith("Error: cannot be"), said);
    }

    private Bundle added() throws Exception {
        service.install(jar("added", "1.0.0", ""));
        return Arrays.stream(framework.context().getBundles())
                .filter(bundle -> "added".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anUpdateThatCannotStartLeavesTheOldOneRunning() throws Exception {
        Bundle bundle = added();
        byte[] bad = RealFramework.plugin(
                "added",
                Map.of("Bundle-Version", "2.0.0", "Import-Package", "no.such.package"),
                RealFramework.component("added", PID, "", ""));
        String source = Files.write(dir.resolve("bad.jar"), bad).toString();
        refusal(() -> service.update("added", source));
        assertEquals("1.0.0", bundle.getVersion().toString());
        assertEquals(Bundle.ACTIVE, bundle.getState());
    }

    @Test
    void aBundleThatDoesNotRunIsUpdatedAtOnce() throws Exception {
        Bundle bundle = added();
        bundle.stop();
        String source = jar("added", "2.0.0", "");
        assertTimeout(Duration.ofSeconds(10), () -> service.update("added", source));
        assertEquals("2.0.0", bundle.getVersion().toString());
    }

    @Test
    void theBaseSetIsRefusedByName() throws Exception {
        for (String name : new String[] {"io.culex.core", "io.netty.common", "bcprov"}) {
            framework.installPlugin(name, name, "");
            String said = refusal(() -> service.update(name, null));
            assertTrue(said.contains(name + " changes only with a restart"), said);
        }
        assertTrue(refusal(() -> service.update("0", null)).contains("only with a restart"));
        assertTrue(refusal(() -> service.update("org.apache.felix.scr", null)).contains("org.apache.felix.scr"));
        assertTrue(refusal(() -> service.update("nothing", null)).contains("'nothing'"));
    }

    @Test
    void anotherBundleIsNoUpdate() throws Exception {
        serving();
        assertTrue(refusal(() -> service.update("p", jar("other", "1.0.0", ""))).contains("is other, not mine"));
        assertTrue(refusal(() -> service.update("p", dir.resolve("no.jar").toString()))
                .contains("cannot be read"));
    }

    @Test
    void whatWasInstalledCanBeRemovedAndNothingElse() throws Exception {
        serving();
        int before = framework.context().getBundles().length;
        service.install(jar("added", "1.0.0", ""));
        assertEquals(before + 1, framework.context().getBundles().length);
        assertTrue(refusal(() -> service.install(jar("added", "1.1.0", ""))).contains("its name added"));
        service.remove("added");
        assertEquals(before, framework.context().getBundles().length);
        assertTrue(refusal(() -> service.remove("p")).contains("not brought by plugin-install"));
    }
}
