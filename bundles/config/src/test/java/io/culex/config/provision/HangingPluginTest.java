// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.config.felix.RealFramework;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin whose constructor does not come to its end holds nothing but itself. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingPluginTest {
    private static final String PID = "io.culex.auth.strict";

    private final Path end;
    private final RealFramework framework;
    private final FactoryConfigurations provisioner;

    HangingPluginTest(@TempDir Path cache, @TempDir Path dir) throws Exception {
        end = dir.resolve("end");
        framework = new RealFramework(cache);
        framework.installPlugin("strict", PID, "");
        provisioner = new FactoryConfigurations(
                framework.configurations(),
                new Readiness(framework.context(), framework.components(), Duration.ofMillis(500), (type, line) -> {}),
                new JarBundles(framework.context(), (type, line) -> {}),
                "run",
                (type, line) -> {});
    }

    @AfterEach
    void stop() throws Exception {
        if (!Files.exists(end)) {
            Files.createFile(end);
        }
        framework.close();
    }

    private static Provision plugin(Map<String, Object> properties) {
        return new Provision(PID, "mine", properties, Provision.Source.NONE, null, false);
    }

    @Test
    void isRefusedWhenItsTimeIsOver() throws Exception {
        GenerationRefusedException refused = assertThrows(
                GenerationRefusedException.class,
                () -> provisioner.prepare(1, List.of(plugin(Map.of("until", end.toString())))));
        assertEquals(
                "Error: mine is not there: the constructor of strict has not come to its end.", refused.getMessage());
        assertEquals(Kind.SYSTEM, refused.kind());
        Files.createFile(end);
        assertEquals(
                Map.of("mine", 2L),
                provisioner.prepare(2, List.of(plugin(Map.of()))).generations());
    }
}
