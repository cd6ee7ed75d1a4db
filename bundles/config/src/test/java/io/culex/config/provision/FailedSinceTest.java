// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** A plugin whose lines stay the same is not there any more: a reload brings it back, or says why not. */
class FailedSinceTest {
    private static final String PID = "io.culex.auth.strict";

    private final Path dir;
    private final RealFramework framework;
    private final FactoryConfigurations provisioner;

    FailedSinceTest(@TempDir Path dir) throws Exception {
        this.dir = dir;
        framework = new RealFramework(dir.resolve("cache"));
        provisioner = new FactoryConfigurations(
                framework.configurations(),
                new Readiness(framework.context(), framework.components(), Duration.ofSeconds(10), (type, line) -> {}),
                new JarBundles(framework.context(), (type, line) -> {}),
                "run",
                (type, line) -> {});
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "immediate=\"true\""})
    void whatItsBundlesExchangeMadeFailIsMadeAnewWhenItCanBe(String kind) throws Exception {
        Bundle bundle = framework.installPlugin("strict", PID, kind);
        Path needed = Files.createFile(dir.resolve("needed"));
        String text = needed.toString();
        Provision same = new Provision(PID, "acl", Map.of("needs", text), Provision.Source.NONE, null, false);
        provisioner.prepare(1, List.of(same)).keep();
        Files.delete(needed);
        bundle.stop();
        bundle.start();
        // As the gates do when the service comes.
        for (ServiceReference<Authorizer> each : framework.context().getServiceReferences(Authorizer.class, null)) {
            framework.context().getService(each);
        }
        GenerationRefusedException refused =
                assertThrows(GenerationRefusedException.class, () -> provisioner.prepare(2, List.of(same)));
        assertEquals("Error: " + needed + " is not there.", refused.getMessage());
        Files.createFile(needed);
        assertEquals(Map.of("acl", 3L), provisioner.prepare(3, List.of(same)).generations());
    }

    @Test
    void aJarThatWasUninstalledByHandIsInstalledAgain() throws Exception {
        Path jar = dir.resolve("mine.jar");
        Files.write(jar, RealFramework.plugin("mine", Map.of(), RealFramework.component("mine", PID, "", "")));
        PluginJar read = PluginJar.read(jar.toString(), new Place("test.conf", 2, null));
        Provision same = new Provision(PID, "mine", Map.of(), new Provision.Source(null, "", read), null, false);
        provisioner.prepare(1, List.of(same)).keep();
        Bundle before = ofJar();
        before.uninstall();
        assertEquals(Map.of("mine", 2L), provisioner.prepare(2, List.of(same)).generations());
        assertEquals(before.getLocation(), ofJar().getLocation());
    }

    private Bundle ofJar() {
        return Arrays.stream(framework.context().getBundles())
                .filter(JarBundles::isOurs)
                .findFirst()
                .orElseThrow();
    }
}
