// SPDX-License-Identifier: Apache-2.0
package io.culex.config.provision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.config.GenerationRefusedException;
import io.culex.config.felix.RealFramework;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;

/** Somebody changes in the configuration admin what a generation has made. */
class ChangedByHandTest {
    private static final String PID = "io.culex.auth.strict";

    private final RealFramework framework;
    private final List<String> log = new ArrayList<>();
    private final FactoryConfigurations provisioner;

    ChangedByHandTest(@TempDir Path cache) throws Exception {
        framework = new RealFramework(cache);
        framework.installPlugin("strict", PID, "immediate=\"true\"");
        provisioner = new FactoryConfigurations(
                framework.configurations(),
                new Readiness(framework.context(), framework.components(), Duration.ofSeconds(10), (type, line) -> {}),
                new JarBundles(framework.context(), (type, line) -> {}),
                "run",
                (type, line) -> log.add(type + " " + line));
        round(1).keep();
    }

    @AfterEach
    void stop() throws Exception {
        framework.close();
    }

    private Provisioner.Round round(long generation) throws GenerationRefusedException {
        return provisioner.prepare(
                generation, List.of(new Provision(PID, "acl", Map.of("a", "1"), Provision.Source.NONE, null, false)));
    }

    private Configuration made() throws Exception {
        return framework.configurations().getFactoryConfiguration(PID, "acl.g1", "?");
    }

    private void change(String key, Object value) throws Exception {
        Hashtable<String, Object> properties = new Hashtable<>();
        for (String each : Collections.list(made().getProperties().keys())) {
            properties.put(each, made().getProperties().get(each));
        }
        properties.put(key, value);
        made().update(properties);
    }

    private void expectItIsMadeAnew() throws Exception {
        Provisioner.Round round = round(2);
        assertEquals(Map.of("acl", 2L), round.generations());
        round.keep();
        Configuration[] left = framework.configurations().listConfigurations(null);
        assertEquals(1, left.length);
        assertEquals(PID + "~acl.g2", left[0].getPid());
        assertEquals("1", left[0].getProperties().get("a"));
        assertEquals(
                List.of("WARNING Warning: The configuration " + PID
                        + "~acl.g1 was changed by hand; it is made anew as mosquitto.conf says."),
                log);
    }

    @Test
    void anotherOptionIsTakenBack() throws Exception {
        change("a", "2");
        expectItIsMadeAnew();
    }

    @Test
    void anOptionMoreIsTakenBack() throws Exception {
        change("b", "2");
        expectItIsMadeAnew();
    }

    /** As a console writes it, that knows texts only: no gate takes it for the plugin of the generation any more. */
    @Test
    void aNumberThatHasBecomeATextIsTakenBack() throws Exception {
        change("culex.generation", "1");
        expectItIsMadeAnew();
    }

    @Test
    void whatAConsoleAddsForItselfChangesNothing() throws Exception {
        change("felix.fileinstall.filename", "file:/etc/acl.cfg");
        assertEquals(Map.of("acl", 1L), round(2).generations());
        assertEquals(List.of(), log);
    }

    @Test
    void anOptionOfAPluginMayBeNamedLikeOneOfTheConsole() throws Exception {
        Provision named = new Provision(PID, "named", Map.of("service.url", "x"), Provision.Source.NONE, null, false);
        provisioner.prepare(2, List.of(named)).keep();
        assertEquals(Map.of("named", 2L), provisioner.prepare(3, List.of(named)).generations());
        assertEquals(List.of(), log);
    }

    @Test
    void aStoreStaysAsItIsUntilTheNextStart() throws Exception {
        Provision store = new Provision(PID, "store", Map.of("a", "1"), Provision.Source.NONE, null, true);
        provisioner.prepare(2, List.of(store)).keep();
        Configuration made = framework.configurations().getFactoryConfiguration(PID, "store.g2", "?");
        Hashtable<String, Object> properties = new Hashtable<>(Map.of("a", "2"));
        made.update(properties);
        assertEquals(Map.of("store", 2L), provisioner.prepare(3, List.of(store)).generations());
    }
}
