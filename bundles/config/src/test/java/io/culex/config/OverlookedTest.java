// SPDX-License-Identifier: Apache-2.0
package io.culex.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.config.felix.RealFramework;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

class OverlookedTest {
    private final RealFramework framework;
    private final Overlooked overlooked;

    OverlookedTest(@TempDir Path cache) throws Exception {
        framework = new RealFramework(cache);
        overlooked = new Overlooked(framework.context());
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    private Bundle install(String name, Map<String, String> headers) throws BundleException {
        byte[] jar = RealFramework.plugin(name, headers, RealFramework.component(name, "a." + name, "", ""));
        return framework.context().installBundle("test:" + name, new ByteArrayInputStream(jar));
    }

    /** As a framework leaves one that it could not start in its turn. */
    private Bundle given(String name, String host) throws BundleException {
        Bundle bundle = install(name, Map.of("Require-Bundle", host));
        assertThrows(BundleException.class, bundle::start);
        return bundle;
    }

    @Test
    void areStartedWhenTheyCanBe() throws Exception {
        Bundle late = given("io.culex.late", "host");
        install("host", Map.of());
        assertEquals(List.of("bundle io.culex.late had been given up and was started again"), overlooked.start());
        assertEquals(Bundle.ACTIVE, late.getState());
        assertEquals(List.of(), overlooked.start());
    }

    @Test
    void areNamedWithTheReasonWhenTheyCannot() throws Exception {
        given("io.culex.late", "host");
        assertTrue(overlooked.start().toString().startsWith("[bundle io.culex.late does not start: "));
    }

    @Test
    void areNotThoseThatNobodyWanted() throws Exception {
        install("io.culex.stopped", Map.of());
        given("com.example.other", "host");
        install("host", Map.of());
        assertEquals(List.of(), overlooked.start());
    }
}
