// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;

import io.culex.api.config.Reload;
import io.culex.itests.karaf.load.Crowd;
import io.culex.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Plugins are exchanged in every way, as the only and as one of two that a listener needs, under a thousand clients and thousands
 * of messages per second: nobody is disconnected, nothing is lost or comes twice, and what is denied is never let through.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public final class PluginSwapTest {
    private static final int MESSAGES_BETWEEN = 500;
    private static final Duration ABSENCE = Duration.ofSeconds(9);

    @Inject
    private BundleContext context;

    @Inject
    private Reload reload;

    @Inject
    private ConfigurationAdmin configurations;

    @Inject
    private FeaturesService features;

    private SwapHouse house;
    private Exchange exchange;

    @Configuration
    public Option[] configuration() throws IOException {
        return SwapHouse.options();
    }

    @Before
    public void open() throws IOException {
        house = new SwapHouse(context, reload);
        exchange = new Exchange(house, configurations, features);
    }

    @After
    public void close() throws IOException {
        house.close();
    }

    @Test
    public void thePasswordFileAlone() throws Exception {
        exchange(List.of(Exchanged.PASSWORDS), false);
    }

    @Test
    public void theAclFileAlone() throws Exception {
        exchange(List.of(Exchanged.ACL), false);
    }

    @Test
    public void theExampleAlone() throws Exception {
        exchange(List.of(Exchanged.WEB), false);
    }

    @Test
    public void passwordFileAndAclFile() throws Exception {
        exchange(List.of(Exchanged.PASSWORDS, Exchanged.ACL), true);
    }

    @Test
    public void theExampleAndTheAclFile() throws Exception {
        exchange(List.of(Exchanged.WEB, Exchanged.ACL), false);
    }

    @Test
    public void dynamicSecurity() throws Exception {
        exchange(List.of(Exchanged.DYNSEC), false);
    }

    private void exchange(List<Exchanged> plugins, boolean withAbsence) throws Exception {
        house.take(plugins);
        Map<String, String> base = house.base();
        List<String> done = new ArrayList<>();
        try (Crowd crowd = new Crowd(house.doors(), SwapHouse.USER, SwapHouse.PASSWORD)) {
            if (plugins.stream().anyMatch(Exchanged::knowsTopics)) {
                crowd.triesTopics();
            }
            if (!plugins.equals(List.of(Exchanged.ACL))) {
                crowd.triesPasswords();
            }
            crowd.flowsOn(MESSAGES_BETWEEN);
            long begin = System.nanoTime();
            for (int round = 0; round < Integer.getInteger("culex.swap.rounds"); round++) {
                for (Exchanged plugin : plugins) {
                    for (Exchange.Way way : Exchange.Way.values()) {
                        done.add(plugin + " " + way);
                        try {
                            int build = exchange.exchange(plugin, way);
                            crowd.flowsOn(MESSAGES_BETWEEN);
                            Await.until("build " + build, () -> plugin.behaviour(house) == build);
                        } catch (AssertionError e) {
                            throw new AssertionError(done.get(done.size() - 1) + " after " + done.size(), e);
                        }
                    }
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf("%s: %d exchanges in %.1f s, %s%n", plugins, done.size(), seconds, crowd.settles());
            if (withAbsence) {
                absence(crowd, plugins.get(1));
            }
        }
        assertEquals(base, house.base());
    }

    /** A plugin that is away for longer than any client's patience, but not too long. */
    private void absence(Crowd crowd, Exchanged plugin) throws Exception {
        crowd.flows();
        Bundle bundle = plugin.bundle(context);
        bundle.stop();
        Await.pass(ABSENCE);
        bundle.start();
        crowd.flowsOn(MESSAGES_BETWEEN);
        System.out.println(plugin + " away for " + ABSENCE.toSeconds() + " s: " + crowd.settles());
    }
}
