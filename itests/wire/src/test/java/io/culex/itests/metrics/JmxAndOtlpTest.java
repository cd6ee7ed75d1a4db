// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.tools.attach.VirtualMachine;
import io.culex.testkit.Await;
import io.culex.testkit.BrokerProcess;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exporters that have no server of Debian's: MBeans are asked for from another process, protobuf is decoded. */
class JmxAndOtlpTest {
    @BeforeEach
    void needs() {
        Exporter.assumeCulex();
    }

    @Test
    void metricsAndOperationsAreMBeansThatComeAndGo() throws Exception {
        String plugin = "sys_interval 0\nglobal_plugin culex-metrics-jmx\n";
        try (BrokerProcess broker = BrokerProcess.start(
                        plugin + Exporter.BASE + "persistence true\npersistence_location {dir}/\n");
                WireClient client = Exporter.client(broker, ProtocolVersion.V5, "one");
                JMXConnector connector = connect(broker)) {
            client.publish("t", "12345", 1);
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            ObjectName core = new ObjectName("io.culex:type=Metrics,name=core.admin.CoreMetrics");
            assertEquals(1L, beans.getAttribute(core, "mqtt_publish_received"));
            assertEquals(1L, ((Map<?, ?>) beans.getAttribute(core, "publish_fan_out")).get("count"));
            ObjectName operation = new ObjectName("io.culex:type=Operation,scope=store,name=info");
            String[] lines = (String[]) beans.invoke(operation, "run", new Object[0], new String[0]);
            assertTrue(String.join("\n", lines).contains("state: READY"), String.join("\n", lines));
            ObjectName admin = new ObjectName("io.culex:type=Broker");
            CompositeData session = ((CompositeData[]) beans.getAttribute(admin, "Sessions"))[0];
            assertEquals("one", session.get("clientId"));
            assertEquals(
                    true,
                    beans.invoke(admin, "disconnect", new Object[] {"one"}, new String[] {String.class.getName()}));
            client.expectDisconnect(0x98);
            assertTrue(names(beans).size() > 8, names(beans).toString());
            Exporter.reload(broker, Exporter.BASE + "persistence true\npersistence_location {dir}/\n");
            Await.until("the MBeans to go", () -> names(beans).isEmpty());
        }
    }

    private static Set<ObjectName> names(MBeanServerConnection beans) {
        try {
            return beans.queryNames(new ObjectName("io.culex:*"), null);
        } catch (JMException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As jconsole does it, to a process of this machine. */
    @SuppressWarnings("BanJNDI")
    private static JMXConnector connect(BrokerProcess broker) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(broker.pid()));
        try {
            return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } finally {
            machine.detach();
        }
    }

    @Test
    void aCollectorOfOpenTelemetryGetsTheMetrics() throws Exception {
        BlockingQueue<ExportMetricsServiceRequest> requests = new LinkedBlockingQueue<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/metrics", exchange -> {
            try (exchange;
                    InputStream body = new GZIPInputStream(exchange.getRequestBody())) {
                requests.add(ExportMetricsServiceRequest.parseFrom(body));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        collector.start();
        String plugin = "sys_interval 0\n"
                + "global_plugin culex-metrics-otlp\n"
                + "plugin_opt_update_interval 1\n"
                + "plugin_opt_endpoint http://127.0.0.1:"
                + collector.getAddress().getPort() + "\n";
        try (BrokerProcess broker = BrokerProcess.start(plugin + Exporter.BASE);
                WireClient client = Exporter.client(broker, ProtocolVersion.V5, "one")) {
            client.publish("t", "12345", 1);
            Map<String, Metric> metrics = Map.of();
            for (int i = 0; i < 10 && received(metrics) != 1; i++) {
                ExportMetricsServiceRequest request = requests.poll(20, TimeUnit.SECONDS);
                metrics = request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList().stream()
                        .collect(Collectors.toMap(Metric::getName, metric -> metric));
            }
            assertEquals(1, received(metrics));
            assertEquals(
                    1,
                    metrics.get("mosquitto_clients_online")
                            .getGauge()
                            .getDataPoints(0)
                            .getAsInt());
            assertEquals(
                    1,
                    metrics.get("culex_publish_fan_out")
                            .getHistogram()
                            .getDataPoints(0)
                            .getCount());
        } finally {
            collector.stop(0);
        }
    }

    private static long received(Map<String, Metric> metrics) {
        Metric metric = metrics.get("mosquitto_mqtt_publish_received");
        return metric == null ? -1 : metric.getSum().getDataPoints(0).getAsInt();
    }
}
