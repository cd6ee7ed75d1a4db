// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.config.Reload;
import io.culex.itests.karaf.load.Crowd;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.EnumSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.inject.Inject;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.karaf.features.Feature;
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
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;

/** What becomes of plugins that come, go, stay away and change their mind, and of everything else meanwhile. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public final class PluginLifeTest {
    private static final int SWAPS = 50;
    private static final EnumSet<FeaturesService.Option> CAREFULLY =
            EnumSet.of(FeaturesService.Option.NoAutoRefreshBundles);

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

    private WireClient open(ProtocolVersion version) {
        return WireClient.open(house.doors().guarded(), version);
    }

    private static Connect named(String id) {
        return Connect.as(id).user(SwapHouse.USER).password(SwapHouse.PASSWORD);
    }

    private WireClient connected(String id) {
        WireClient client = open(ProtocolVersion.V5);
        client.connect(named(id).resume().expiry(1000));
        return client;
    }

    @Test
    public void manyExchangesLeaveNoClassLoaderBehind() throws Exception {
        for (List<Exchanged> plugins : List.of(List.of(Exchanged.PASSWORDS, Exchanged.ACL), List.of(Exchanged.WEB))) {
            house.take(plugins);
            Map<String, WeakReference<ClassLoader>> old = new TreeMap<>();
            try (WireClient idle = connected("idle");
                    WireClient away = connected("away")) {
                away.subscribe("own/away", 1);
                away.disconnect();
                idle.subscribe("own/idle", 1);
                idle.publish("own/idle", "before", 1);
                idle.acknowledge(idle.expectPublish("before"));
                for (int swap = 0; swap < SWAPS; swap++) {
                    for (Exchanged plugin : plugins) {
                        old.put(plugin + " " + swap, new WeakReference<>(plugin.loader(context)));
                        exchange.exchange(plugin, Exchange.Way.UPDATE, 1 + swap % 2);
                        comesAndGoes();
                    }
                }
                assertEquals(SWAPS * plugins.size(), old.size());
                awaitCollected(old);
                idle.publish("own/idle", "after", 1);
                idle.acknowledge(idle.expectPublish("after"));
            }
        }
    }

    /** All of them: the newest is none of them. What holds one that stays is in the heap dump. */
    private static void awaitCollected(Map<String, WeakReference<ClassLoader>> old) throws JMException {
        try {
            Await.until(Duration.ofSeconds(20), () -> "these to go: " + alive(old), () -> {
                System.gc();
                return alive(old).isEmpty();
            });
        } catch (AssertionError e) {
            String file = System.getProperty("java.io.tmpdir") + "/culex-" + System.nanoTime() + ".hprof";
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                            "dumpHeap",
                            new Object[] {file, true},
                            new String[] {String.class.getName(), boolean.class.getName()});
            throw new AssertionError(file, e);
        }
    }

    private static List<String> alive(Map<String, WeakReference<ClassLoader>> loaders) {
        return loaders.entrySet().stream()
                .filter(entry -> entry.getValue().get() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void comesAndGoes() {
        try (WireClient client = connected("guest")) {
            client.subscribe("come/guest", 1);
            client.publish("come/guest", "x", 1);
            client.acknowledge(client.expectPublish("x"));
            client.disconnect();
        }
    }

    @Test
    public void nobodyIsLetInWhileAPluginStaysAwayAndAllIsWellWhenItIsBack() throws Exception {
        house.take(List.of(Exchanged.PASSWORDS), "plugin_swap_timeout 1");
        try (WireClient inside = connected("inside");
                WireClient first = open(ProtocolVersion.V5);
                WireClient old = open(ProtocolVersion.V311);
                WireClient late = open(ProtocolVersion.V5)) {
            inside.subscribe("own/t", 1);
            Bundle bundle = Exchanged.PASSWORDS.bundle(context);
            bundle.stop();
            first.send(named("first"));
            old.send(named("old"));
            first.expectEnd(0x88);
            assertEquals(3, old.expectEnd());
            late.send(named("late"));
            late.expectEnd(0x88);
            assertEquals(0x87, inside.publish("own/t", "nothing", 1));
            assertEquals(0x87, inside.subscribe("own/u", 1));
            inside.expectNothing();
            bundle.start();
            Await.until("the plugin", () -> Exchanged.PASSWORDS.service(context) != null);
            comesAndGoes();
            assertEquals(0, inside.publish("own/t", "again", 1));
            inside.acknowledge(inside.expectPublish("again"));
            inside.expectNothing();
        }
    }

    /** Changes its mind. */
    private static final class Moody implements Authorizer {
        private volatile boolean denies;

        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            return denies && access == Access.SUBSCRIBE ? Verdict.DENY : Verdict.ALLOW;
        }

        @Override
        public long changes() {
            return denies ? 1 : 0;
        }
    }

    @Test
    public void subscriptionsEndWhenAPluginChangesItsMind() throws Exception {
        house.take(List.of(Exchanged.ACL));
        ServiceReference<?> acl = Exchanged.ACL.service(context);
        Dictionary<String, Object> properties = new Hashtable<>();
        Stream.of(acl.getPropertyKeys())
                .filter(key -> key.startsWith("culex."))
                .forEach(key -> properties.put(key, acl.getProperty(key)));
        properties.put(Constants.SERVICE_RANKING, 1);
        Moody moody = new Moody();
        ServiceRegistration<Authorizer> registered = context.registerService(Authorizer.class, moody, properties);
        try (WireClient client = connected("client")) {
            client.subscribe("own/mind", 1);
            assertEquals(0, client.publish("own/mind", "x", 1));
            client.acknowledge(client.expectPublish("x"));
            moody.denies = true;
            Await.until("no subscription", () -> client.publish("come/t", "", 1) == 0x10 && publishesUnheard(client));
            client.expectNothing();
            assertEquals(0x87, client.subscribe("own/mind", 1));
        } finally {
            registered.unregister();
        }
    }

    /** What is still heard is acknowledged. Of a topic that nobody else has subscribed to: others hear a moment longer, or less long. */
    private static boolean publishesUnheard(WireClient client) {
        boolean unheard = client.publish("own/mind", "y", 1) == 0x10;
        if (!unheard) {
            client.acknowledge(client.expectPublish("y"));
        }
        return unheard;
    }

    @Test
    public void everyOptionalFeatureComesAndGoesUnderConnectedClients() throws Exception {
        house.take(List.of(Exchanged.ACL));
        Map<String, String> base = house.base();
        List<String> done = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        Crowd.Doors free = new Crowd.Doors(
                house.doors().free(), house.doors().free(), house.doors().free());
        try (Crowd crowd = new Crowd(free, SwapHouse.USER, SwapHouse.PASSWORD)) {
            for (Feature feature : features.listFeatures()) {
                // culex-camel stands on a repository that is not ours: CamelRoutesTest.
                if (feature.getName().matches("culex-(?!broker|netty|bouncycastle|camel).*")) {
                    done.add(feature.getName());
                    try {
                        features.installFeature(feature.getName(), feature.getVersion(), CAREFULLY);
                        crowd.flowsOn(500);
                        assertEquals(feature.getName() + " came", base, house.base());
                        features.uninstallFeature(feature.getName(), feature.getVersion(), CAREFULLY);
                    } catch (Exception e) {
                        failed.add(feature.getName() + ": " + e);
                    }
                    crowd.flowsOn(500);
                    assertEquals(feature.getName() + " went", base, house.base());
                }
            }
            // For whoever needs them next.
            features.installFeature("culex", features.getFeature("culex").getVersion(), CAREFULLY);
            assertEquals("all came back", base, house.base());
            System.out.println("Features came and went: " + done + ", " + crowd.settles());
        }
        assertEquals(List.of(), failed);
        assertTrue(done.toString(), done.size() >= 7);
    }
}
