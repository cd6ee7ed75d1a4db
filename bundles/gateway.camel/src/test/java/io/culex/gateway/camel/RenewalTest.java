// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.RecordedLog;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Component;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.seda.SedaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway goes and another comes, as with an update of its bundle. */
class RenewalTest {
    private final MemoryBroker first = MemoryBroker.open();
    private final MemoryBroker second = MemoryBroker.open();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final RecordedLog log = new RecordedLog();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        context.disableJMX();
        context.addComponent("culex", new CulexComponent(first.broker()));
        context.getShutdownStrategy().setTimeout(5);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("culex:in")
                        .routeId("in")
                        .process(exchange -> seen.add(exchange.getMessage().getBody(String.class)));
                from("direct:start").routeId("out").to("culex:out");
                from("culex:other").routeId("stopped").to("direct:start");
                from("direct:later").routeId("later").autoStartup(false).to("culex:out");
            }
        });
        context.start();
        context.getRouteController().stopRoute("stopped");
        context.getRouteController().startRoute("later");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Renewal renewal(MemoryBroker broker) {
        return new Renewal(broker.broker(), log);
    }

    private ServiceStatus status(String route) {
        return context.getRouteController().getRouteStatus(route);
    }

    @Test
    void routesAreMadeAnewWithTheNewGateway() throws Exception {
        Component before = context.hasComponent("culex");
        ProducerTemplate template = context.createProducerTemplate();
        template.sendBody("culex:in", "1");
        assertEquals("1", seen.poll(10, TimeUnit.SECONDS));
        renewal(first).rest(context);
        assertEquals(ServiceStatus.Stopped, status("in"));
        assertTrue(first.line().isClosed());
        renewal(second).renew(context);
        assertNotSame(before, context.hasComponent("culex"));
        template.sendBody("culex:in", "2");
        assertEquals("2", seen.poll(10, TimeUnit.SECONDS));
        template.sendBody("direct:start", "3");
        template.sendBody("direct:later", "4");
        assertEquals(1, first.published.size());
        assertEquals(
                List.of("in", "out", "out"),
                second.published.stream().map(each -> each.topic()).toList());
    }

    @Test
    void whatSomebodyHadStoppedStaysSo() {
        renewal(first).rest(context);
        renewal(second).renew(context);
        assertEquals(ServiceStatus.Stopped, status("stopped"));
        assertEquals(ServiceStatus.Started, status("in"));
        assertEquals(ServiceStatus.Started, status("later"));
        assertEquals("false", context.getRouteDefinition("later").getAutoStartup());
        assertNull(context.getRouteDefinition("in").getAutoStartup());
        assertNull(context.getGlobalOption(Renewal.RESTING));
    }

    @Test
    void aRouteThatDoesNotStartLeavesThoseAfterItAlone() throws Exception {
        context.addComponent("gone", new SedaComponent());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("gone:in").routeId("broken").to("culex:out");
                from("direct:after").routeId("after").to("culex:out");
            }
        });
        renewal(first).rest(context);
        context.removeEndpoints("gone:*");
        context.removeComponent("gone");
        renewal(second).renew(context);
        assertEquals(ServiceStatus.Started, status("in"));
        assertEquals(ServiceStatus.Started, status("after"));
        context.createProducerTemplate().sendBody("direct:after", "1");
        assertEquals(1, second.published.size());
        assertEquals(1, log.errors().size(), log.lines()::toString);
        assertEquals(
                1, log.count("Error: Gateway to Camel: route broken of " + context.getName() + " does not start: "));
    }

    @Test
    void aContextThatHasNothingToDoWithItIsLeftAlone() {
        Component before = context.hasComponent("culex");
        renewal(second).renew(context);
        assertSame(before, context.hasComponent("culex"));
        DefaultCamelContext other = new DefaultCamelContext();
        other.disableJMX();
        other.start();
        renewal(first).rest(other);
        assertNull(other.getGlobalOption(Renewal.RESTING));
        other.stop();
    }
}
