// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.culex.api.auth.PluginProperties;
import io.culex.api.config.Generation;
import io.culex.config.felix.RealFramework;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.cm.Configuration;

/** In a real framework: what becomes of the broker's configurations when its bundle goes. */
class LeftoversTest {
    private final RealFramework framework;
    private final List<String> log = new ArrayList<>();
    private Bundle owner;

    LeftoversTest(@TempDir Path dir) throws Exception {
        framework = new RealFramework(dir);
        owner = install("owner", "test:owner");
    }

    @BeforeEach
    void configure() throws Exception {
        configuration("ours", Generation.origin("run"));
        configuration("theirs", "somebody");
        install("plugin", "culex-plugin:/x/plugin.jar#1");
    }

    @AfterEach
    void stop() throws Exception {
        assertEquals(List.of(), log);
        framework.close();
    }

    private Bundle install(String name, String location) throws BundleException {
        byte[] jar = RealFramework.plugin(name, Map.of(), RealFramework.component(name, "a." + name, "", ""));
        Bundle bundle = framework.context().installBundle(location, new ByteArrayInputStream(jar));
        bundle.start();
        return bundle;
    }

    private void configuration(String name, String origin) throws Exception {
        Configuration made = framework.configurations().getFactoryConfiguration("some.pid", name, "?");
        made.update(new Hashtable<>(Map.of(PluginProperties.ORIGIN, origin)));
    }

    private TreeSet<String> configurations() throws Exception {
        TreeSet<String> pids = new TreeSet<>();
        for (Configuration configuration : framework.configurations().listConfigurations(null)) {
            pids.add(configuration.getPid());
        }
        return pids;
    }

    /** As its component does, which ends while the bundle stops. */
    private void leave() throws BundleException {
        BundleContext context = owner.getBundleContext();
        SynchronousBundleListener stopping = event -> {
            if (event.getType() == BundleEvent.STOPPING && event.getBundle().equals(owner)) {
                Leftovers.await(context, "run", (type, line) -> log.add(line));
            }
        };
        framework.context().addBundleListener(stopping);
        owner.stop();
        framework.context().removeBundleListener(stopping);
    }

    @Test
    void goWithTheBundleThatMadeThem() throws Exception {
        leave();
        owner.uninstall();
        assertEquals(new TreeSet<>(List.of("some.pid~theirs")), configurations());
        assertNull(framework.context().getBundle("culex-plugin:/x/plugin.jar#1"));
    }

    @Test
    void stayWhenItOnlyStops() throws Exception {
        leave();
        assertEquals(2, configurations().size());
    }

    @Test
    void areItsOwnMatterWhenItStartsAgain() throws Exception {
        leave();
        owner.start();
        owner.uninstall();
        assertEquals(2, configurations().size());
    }

    @Test
    void goAlsoWhenItWasUpdatedMeanwhile() throws Exception {
        leave();
        owner.update(new ByteArrayInputStream(
                RealFramework.plugin("owner", Map.of(), RealFramework.component("owner", "b.owner", "", ""))));
        owner.uninstall();
        assertEquals(new TreeSet<>(List.of("some.pid~theirs")), configurations());
    }

    @Test
    void belongToTheRunThatHasBegunSince() throws Exception {
        leave();
        configuration("newer", Generation.origin("newer"));
        owner.uninstall();
        assertEquals(new TreeSet<>(List.of("some.pid~newer", "some.pid~theirs")), configurations());
        assertNotNull(framework.context().getBundle("culex-plugin:/x/plugin.jar#1"));
    }

    @Test
    void areNoMatterOfAComponentThatEndsAlone() throws Exception {
        Leftovers.await(owner.getBundleContext(), "run", (type, line) -> log.add(line));
        owner.uninstall();
        assertEquals(2, configurations().size());
    }
}
