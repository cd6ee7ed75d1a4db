// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.jmx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.Operation;
import io.culex.api.admin.SessionInfo;
import io.culex.api.admin.TopicSeen;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.message.ReasonCode;
import io.culex.api.metrics.Histogram;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JmxExporterTest {
    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final Register register = new Register(server);
    private final JmxExporter exporter = exporter(1);

    private JmxExporter exporter(long generation) {
        return exporter(generation, register);
    }

    private static JmxExporter exporter(long generation, Register register) {
        return new JmxExporter(
                Map.of("culex.plugin", "jmx", "culex.generation", generation, "culex.origin", "config:run"), register);
    }

    private static Generation generation(long number) {
        return new Generation(number, "run", BrokerSettings.DEFAULTS, List.of()).with(Map.of("jmx", number));
    }

    private static MetricsSource source() {
        Histogram histogram = new Histogram(1);
        histogram.record(2);
        List<Metric> metrics = List.of(
                Metric.single("sessions", MetricType.GAUGE, "Sessions.", () -> 4),
                new Metric(
                        "tls_certificate_days",
                        MetricType.GAUGE,
                        "Days.",
                        List.of("listener"),
                        samples -> samples.add(89.5, "a")),
                Metric.histogram("queue_length", "Waiting.", histogram::read));
        return () -> metrics;
    }

    @AfterEach
    void close() {
        exporter.close();
        register.close();
        assertEquals(Set.of(), names());
    }

    private Set<String> names() {
        try {
            return server.queryNames(new ObjectName("io.culex:*"), null).stream()
                    .map(ObjectName::getCanonicalName)
                    .collect(Collectors.toSet());
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void showsNothingBeforeItsGenerationIsInForce() {
        exporter.addSource(source(), Map.of("component.name", "io.culex.core.admin.CoreMetrics"));
        exporter.commit(generation(2));
        assertEquals(Set.of(), names());
        exporter.commit(generation(1));
        assertEquals(Set.of("io.culex:name=core.admin.CoreMetrics,type=Metrics"), names());
    }

    @Test
    void sourcesThatWereMadeByHandAndHaveNoNameAreToldApartByTheirPid() {
        exporter.commit(generation(1));
        for (String name : List.of("one", "two")) {
            exporter.addSource(
                    source(),
                    Map.of(
                            "component.name",
                            "io.culex.gateway.Gateway",
                            "service.factoryPid",
                            "io.culex.gateway",
                            "service.pid",
                            "io.culex.gateway~" + name));
        }
        assertEquals(
                Set.of("io.culex:name=\"gateway~one\",type=Metrics", "io.culex:name=\"gateway~two\",type=Metrics"),
                names());
    }

    @Test
    void metricsAreAttributesThatComeAndGoWithTheirSource() throws JMException {
        exporter.commit(generation(1));
        MetricsSource source = source();
        exporter.addSource(source, Map.of("component.name", "x", "culex.plugin", "my plugin"));
        ObjectName name = new ObjectName("io.culex:type=Metrics,name=\"my plugin\"");
        assertEquals(4L, server.getAttribute(name, "sessions"));
        assertEquals(Map.of("listener=a", 89.5), server.getAttribute(name, "tls_certificate_days"));
        assertEquals(
                Map.of("le=1.0", 0L, "le=Infinity", 1L, "count", 1L, "sum", 2.0),
                server.getAttribute(name, "queue_length"));
        assertEquals(3, server.getMBeanInfo(name).getAttributes().length);
        exporter.removeSource(source);
        assertEquals(Set.of(), names());
    }

    @Test
    void anOperationRunsWithItsArguments() throws JMException {
        exporter.commit(generation(1));
        Operation operation = new Echo();
        exporter.addOperation(operation);
        ObjectName name = new ObjectName("io.culex:type=Operation,scope=test,name=echo");
        String[] signature = {String.class.getName(), String.class.getName()};
        assertArrayEquals(new String[] {"{text=a} on culex-jmx"}, (String[])
                server.invoke(name, "run", new Object[] {"a", null}, signature));
        assertEquals("text must be given", refusal(name, new Object[] {"", "b"}, signature));
        assertEquals("not that", refusal(name, new Object[] {"refuse", "b"}, signature));
        exporter.removeOperation(operation);
        assertEquals(Set.of(), names());
    }

    private String refusal(ObjectName name, Object[] arguments, String[] signature) {
        MBeanException refused =
                assertThrows(MBeanException.class, () -> server.invoke(name, "run", arguments, signature));
        return String.valueOf(refused.getTargetException().getMessage());
    }

    @Test
    void theBrokerIsThere() throws JMException {
        exporter.commit(generation(1));
        exporter.addBroker(new FakeBroker());
        ObjectName name = new ObjectName("io.culex:type=Broker");
        CompositeData session = ((CompositeData[]) server.getAttribute(name, "Sessions"))[0];
        assertEquals("someone", session.get("clientId"));
        assertEquals(true, session.get("connected"));
        assertArrayEquals(new String[] {"tree"}, (String[]) server.getAttribute(name, "SubscriptionTree"));
        assertEquals(0, ((CompositeData[]) server.getAttribute(name, "TopicsSeen")).length);
        String[] signature = {String.class.getName()};
        assertEquals(true, server.invoke(name, "disconnect", new Object[] {"someone"}, signature));
    }

    @Test
    void aSuccessorTakesTheNamesOver() throws JMException {
        MetricsSource source = source();
        exporter.addSource(source, Map.of("culex.plugin", "p"));
        exporter.commit(generation(1));
        JmxExporter next = exporter(2);
        next.addSource(source, Map.of("culex.plugin", "p"));
        next.commit(generation(2));
        exporter.close();
        assertTrue(server.isRegistered(new ObjectName("io.culex:type=Metrics,name=p")));
        next.close();
        assertFalse(server.isRegistered(new ObjectName("io.culex:type=Metrics,name=p")));
    }

    /** Each build has classes of its own, and with them a register. */
    @Test
    void anotherBuildWaitsForTheNamesAndTakesThemWhenTheyAreFree() {
        MetricsSource source = source();
        exporter.addSource(source, Map.of("culex.plugin", "p"));
        exporter.commit(generation(1));
        Register another = new Register(server);
        JmxExporter twin = exporter(1, another);
        MetricsSource fewer = List::of;
        twin.addSource(fewer, Map.of("culex.plugin", "p"));
        twin.commit(generation(1));
        assertEquals(3, attributes());
        exporter.close();
        assertEquals(0, attributes());
        JmxExporter behind = exporter(1);
        behind.addSource(source, Map.of("culex.plugin", "p"));
        behind.commit(generation(1));
        assertEquals(0, attributes());
        twin.close();
        another.close();
        assertEquals(3, attributes());
        behind.close();
    }

    private int attributes() {
        try {
            return server.getMBeanInfo(new ObjectName("io.culex:type=Metrics,name=p"))
                    .getAttributes()
                    .length;
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPluginThatIsMadeAndGivenUpLeavesTheOneThatStays() throws JMException {
        exporter.commit(generation(1));
        Operation stays = new Echo();
        Operation givenUp = new Echo();
        MetricsSource old = source();
        MetricsSource refused = List::of;
        exporter.addOperation(stays);
        exporter.addSource(old, Map.of("culex.plugin", "p"));
        exporter.addOperation(givenUp);
        exporter.addSource(refused, Map.of("culex.plugin", "p"));
        exporter.removeOperation(givenUp);
        exporter.removeSource(refused);
        ObjectName metrics = new ObjectName("io.culex:type=Metrics,name=p");
        assertEquals(4L, server.getAttribute(metrics, "sessions"));
        assertTrue(server.isRegistered(new ObjectName("io.culex:type=Operation,scope=test,name=echo")));
        exporter.addSource(refused, Map.of("culex.plugin", "p"));
        exporter.removeSource(old);
        assertEquals(0, server.getMBeanInfo(metrics).getAttributes().length);
    }

    private static final class Echo implements Operation {
        @Override
        public String scope() {
            return "test";
        }

        @Override
        public String name() {
            return "echo";
        }

        @Override
        public String description() {
            return "Says it again.";
        }

        @Override
        public List<Argument> arguments() {
            return List.of(new Argument("text", "What to say.", true), new Argument("more", "More.", false));
        }

        @Override
        public CompletionStage<List<String>> run(Map<String, String> arguments) {
            if (arguments.containsValue("refuse")) {
                return CompletableFuture.failedFuture(new RefusedException("not that"));
            }
            return CompletableFuture.completedFuture(
                    List.of(arguments + " on " + Thread.currentThread().getName()));
        }
    }

    private static final class FakeBroker implements BrokerAdmin {
        @Override
        public CompletionStage<List<SessionInfo>> sessions() {
            return CompletableFuture.completedFuture(List.of(
                    new SessionInfo("someone", null, true, "127.0.0.1:5", "door", 5, Instant.EPOCH, 1, 2, 3, 4)));
        }

        @Override
        public CompletionStage<Boolean> disconnect(String clientId, ReasonCode reason) {
            return CompletableFuture.completedFuture(clientId.equals("someone"));
        }

        @Override
        public void subscriptionTree(Consumer<String> lines) {
            lines.accept("tree");
        }

        @Override
        public List<TopicSeen> topicsSeen() {
            return List.of();
        }

        @Override
        public CompletionStage<Void> stop() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
