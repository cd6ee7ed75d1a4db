// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf.routes;

import java.nio.file.Path;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.core.osgi.OsgiDefaultCamelContext;
import org.osgi.framework.BundleContext;

/**
 * A component of Declarative Services with routes, as a user would deploy one: from files over the broker to a queue of JMS, and from
 * there over the broker to files. Runs inside the container.
 */
public final class Routes {
    /** Where its files are, below the folder that this system property names. */
    public static final String FOLDER = "culex.routes.folder";

    private CamelContext context;

    /** Starts the routes. */
    public void activate(BundleContext bundle) throws Exception {
        context = new OsgiDefaultCamelContext(bundle);
        context.getRegistry().bind("connections", new ActiveMQConnectionFactory(Queues.ADDRESS));
        // Its constructor has looked for routes already: what comes between that and the start would wait for ever.
        context.start();
        context.addRoutes(new Both(Path.of(bundle.getProperty(FOLDER))));
    }

    /** Stops them. */
    public void deactivate() {
        context.stop();
    }

    private static final class Both extends RouteBuilder {
        private static final String QUEUE = "sjms:queue:between?connectionFactory=#connections";
        private static final String WAITS = "&durable=true&maxQueuedMessages=0";

        private final Path folder;

        Both(Path folder) {
            this.folder = folder;
        }

        private String file(String name) {
            return "file:" + folder.resolve(name);
        }

        /** The file is named by what the message says. */
        private static void name(Exchange exchange) {
            exchange.getMessage()
                    .setHeader(
                            Exchange.FILE_NAME,
                            exchange.getMessage().getBody(String.class).strip());
        }

        @Override
        public void configure() {
            String source = "?delete=true&readLock=none&delay=100&initialDelay=0";
            from(file("in") + source).routeId("files to mqtt").to("culex:up?user=route");
            from("culex:up?user=route&clientId=up" + WAITS)
                    .routeId("mqtt to jms")
                    .to(QUEUE);
            from(QUEUE + "&transacted=true").routeId("jms to mqtt").to("culex:down?user=route");
            from("culex:down?user=route&clientId=down" + WAITS)
                    .routeId("mqtt to files")
                    .process(Both::name)
                    .to(file("out"));
            from(file("forbidden") + source + "&moveFailed=refused")
                    .routeId("files to a closed topic")
                    .to("culex:secret/in?user=route");
            from("culex:secret/%23?user=route")
                    .routeId("a closed topic to files")
                    .process(Both::name)
                    .to(file("leaked"));
        }
    }
}
