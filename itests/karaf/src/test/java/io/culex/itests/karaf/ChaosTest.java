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
import java.util.Random;
import java.util.stream.Stream;
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
 * Bundles are updated, restarted, refreshed and configured anew in no order that anybody has thought of, those that plugins need
 * included, under a thousand clients: nobody is disconnected, nothing is lost or comes twice, and what is denied is never let through.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public final class ChaosTest {
    private static final int MESSAGES_BETWEEN = 200;
    private static final int LAST = 20;
    private static final List<Exchanged> PLUGINS = List.of(Exchanged.PASSWORDS, Exchanged.ACL);

    /** Without them there is no broker, and the test itself. */
    private static final String UNTOUCHED =
            "io\\.culex\\.(api|codec|transport|core|config|testkit|auth\\.passwordfile|auth\\.aclfile)";

    private static final String HERE = "io\\.culex\\..*";

    @Inject
    private BundleContext context;

    @Inject
    private Reload reload;

    @Inject
    private ConfigurationAdmin configurations;

    @Inject
    private FeaturesService features;

    private final List<String> done = new ArrayList<>();
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
    public void inWhateverOrderBundlesAreExchangedClientsNoticeNothing() throws Exception {
        long seed = Long.getLong("culex.chaos.seed") == 0 ? System.nanoTime() : Long.getLong("culex.chaos.seed");
        house.take(PLUGINS);
        Map<String, String> base = base();
        try (Crowd crowd = new Crowd(house.doors(), SwapHouse.USER, SwapHouse.PASSWORD)) {
            crowd.triesTopics();
            crowd.triesPasswords();
            crowd.flowsOn(MESSAGES_BETWEEN);
            goOn(crowd, new Random(seed));
            System.out.printf("seed %d: %d exchanges, %s%n", seed, done.size(), crowd.settles());
        } catch (AssertionError e) {
            String last = String.join(", ", done.subList(Math.max(0, done.size() - LAST), done.size()));
            throw new AssertionError("-Dculex.chaos.seed=" + seed + ", after " + last, e);
        }
        assertEquals(base, base());
        others().map(this::state).forEach(state -> assertEquals("ACTIVE", state));
    }

    private void goOn(Crowd crowd, Random random) throws Exception {
        List<String> others = others().map(Bundle::getSymbolicName).toList();
        long end = System.nanoTime()
                + Duration.ofSeconds(Integer.getInteger("culex.chaos.seconds")).toNanos();
        while (System.nanoTime() - end < 0) {
            if (random.nextBoolean()) {
                Exchanged plugin = PLUGINS.get(random.nextInt(PLUGINS.size()));
                Exchange.Way way = Exchange.Way.values()[random.nextInt(Exchange.Way.values().length)];
                done.add(plugin + " " + way);
                exchange.exchange(plugin, way);
            } else {
                String name = others.get(random.nextInt(others.size()));
                int turn = random.nextInt(3);
                done.add(name + " " + turn);
                new Bundles(context).exchange(name, turn);
            }
            for (Exchanged plugin : PLUGINS) {
                Await.until(
                        Duration.ofSeconds(30),
                        () -> "the service of " + plugin,
                        () -> plugin.service(context) != null);
            }
            crowd.flowsOn(MESSAGES_BETWEEN);
        }
    }

    private Map<String, String> base() {
        Map<String, String> base = house.base();
        base.keySet().removeIf(name -> name.matches(HERE) && !name.matches(UNTOUCHED));
        return base;
    }

    private Stream<Bundle> others() {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().matches(HERE))
                .filter(bundle -> !bundle.getSymbolicName().matches(UNTOUCHED));
    }

    private String state(Bundle bundle) {
        return bundle.getState() == Bundle.ACTIVE ? "ACTIVE" : bundle + " is in state " + bundle.getState();
    }
}
