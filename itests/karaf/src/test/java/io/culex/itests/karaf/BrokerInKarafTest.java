// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.culex.api.config.Reload;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.Connect;
import io.culex.testkit.Ports;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.inject.Inject;
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
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The distribution as it is, in a container of its own; the methods but the configuration run inside it. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public final class BrokerInKarafTest {
    private static final String PORT = "culex.test.port";

    @Inject
    private ServiceComponentRuntime components;

    @Inject
    private LocalSessions sessions;

    @Inject
    private Reload reload;

    @Inject
    private ConfigurationAdmin configurations;

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] configuration() throws IOException {
        int port = Ports.free();
        Path conf = Files.writeString(
                Files.createTempFile("culex-", ".conf"), "allow_anonymous true\nlistener " + port + " 127.0.0.1\n");
        return Distribution.with("scr", conf, Map.of(PORT, port));
    }

    @Test
    public void everyComponentOfOursIsSatisfied() {
        List<ComponentDescriptionDTO> ours = components.getComponentDescriptionDTOs().stream()
                .filter(component -> component.implementationClass.startsWith("io.culex."))
                // Without persistence there is no store for its operations to work on.
                .filter(component -> !component.implementationClass.startsWith("io.culex.store."))
                .toList();
        assertTrue("components: " + ours.size(), ours.size() >= 5);
        for (ComponentDescriptionDTO component : ours) {
            for (ComponentConfigurationDTO made : components.getComponentConfigurationDTOs(component)) {
                assertTrue(
                        component.name + " is in state " + made.state + " " + made.failure,
                        made.state == ComponentConfigurationDTO.SATISFIED
                                || made.state == ComponentConfigurationDTO.ACTIVE);
            }
        }
    }

    @Test
    public void aPublishGoesThroughFromTheWireIntoTheJvm() throws Exception {
        int port = Integer.getInteger(PORT);
        Await.until(Duration.ofSeconds(30), () -> "the listener", () -> BrokerProcess.accepts(port));
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        LocalSession local = sessions.open(LocalSessionRequest.system("inside"), delivery -> {
                    received.add(delivery.message().topic().toString());
                    delivery.done();
                })
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        local.request(10);
        local.subscribe("in/karaf", SubscribeOptions.of(QoS.AT_LEAST_ONCE))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        try (WireClient client = WireClient.open(Ports.local(port), ProtocolVersion.V5)) {
            client.connect(Connect.as("outside"));
            client.publish("in/karaf", "hello", 1);
        }
        String topic = received.poll(10, TimeUnit.SECONDS);
        assertTrue("received " + topic, topic != null && topic.contains("in/karaf"));
        assertEquals(0, received.size());
        local.close();
    }

    @Test
    public void aPluginIsMadeChangedRefusedAndRemovedByReloads() throws Exception {
        Await.until(
                Duration.ofSeconds(30), () -> "the listener", () -> BrokerProcess.accepts(Integer.getInteger(PORT)));
        Path conf = Path.of(System.getProperty("karaf.etc"), "mosquitto.conf");
        String before = Files.readString(conf);
        Map<String, String> base = base();
        Path acl = Files.writeString(Files.createTempFile("culex-", ".acl"), "topic read a\n");
        Files.writeString(conf, before + "acl_file " + acl + "\n");
        assertEquals(List.of("io.culex.auth.aclfile~acl_file.g" + taken()), plugins());

        assertTrue(reload.reload().changed());
        List<String> unchanged = plugins();
        Files.writeString(acl, "topic read b\n");
        assertEquals(List.of("io.culex.auth.aclfile~acl_file.g" + taken()), plugins());
        assertNotEquals(unchanged, plugins());

        List<String> inForce = plugins();
        Files.writeString(acl, "nonsense\n");
        Reload.Result refused = reload.reload();
        assertFalse(refused.changed());
        assertTrue(refused.message(), refused.message().contains("Invalid line in acl_file"));
        assertEquals(inForce, plugins());

        Files.writeString(conf, before);
        taken();
        assertEquals(List.of(), plugins());
        assertEquals(base, base());
    }

    /** The number of the generation that a reload brought. */
    private long taken() {
        Reload.Result result = reload.reload();
        assertTrue(result.message(), result.changed());
        return result.generation();
    }

    private List<String> plugins() throws Exception {
        org.osgi.service.cm.Configuration[] found = configurations.listConfigurations("(culex.plugin=*)");
        return found == null
                ? List.of()
                : Stream.of(found).map(one -> one.getPid()).sorted().toList();
    }

    /** State and age of what must never be touched by a plugin. */
    private Map<String, String> base() {
        Map<String, String> states = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getSymbolicName().matches("io\\.culex\\.(api|codec|transport|core|config)|io\\.netty\\..*")) {
                states.put(bundle.getSymbolicName(), bundle.getState() + " " + bundle.getLastModified());
            }
        }
        assertTrue(states.toString(), states.containsKey("io.culex.core"));
        return states;
    }
}
