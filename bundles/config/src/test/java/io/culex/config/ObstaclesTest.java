// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.config.felix.RealFramework;
import io.culex.config.felix.StrictPlugin;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

class ObstaclesTest {
    private final RealFramework framework;
    private final Obstacles obstacles;

    ObstaclesTest(@TempDir Path cache) throws Exception {
        framework = new RealFramework(cache);
        obstacles = new Obstacles(framework.context(), framework.components());
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    private Bundle install(String name, String type, String references) throws BundleException {
        String component =
                """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="%s" immediate="true">
                  <implementation class="%s"/>
                  %s
                </scr:component>
                """
                        .formatted(name, type, references);
        byte[] jar = RealFramework.plugin(name, Map.of(), component);
        return framework.context().installBundle("test:" + name, new ByteArrayInputStream(jar));
    }

    @Test
    void namesWhatAComponentWaitsFor() throws Exception {
        install(
                        "io.culex.waits",
                        StrictPlugin.class.getName(),
                        "<reference name=\"loops\" interface=\"io.culex.api.auth.Authorizer\"/>")
                .start();
        assertEquals(List.of("io.culex.waits waits for loops"), obstacles.lines());
    }

    @Test
    void namesABundleThatIsNotStarted() throws Exception {
        install("io.culex.late", StrictPlugin.class.getName(), "");
        install("com.example.other", StrictPlugin.class.getName(), "");
        assertEquals(List.of("bundle io.culex.late is not started"), obstacles.lines());
    }

    @Test
    void saysWhyAComponentHasFailed() throws Exception {
        install("io.culex.fails", "io.culex.config.felix.NotThere", "").start();
        assertTrue(obstacles.lines().toString().startsWith("[io.culex.fails "), obstacles.lines()::toString);
    }
}
