// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf.routes;

import org.apache.activemq.broker.BrokerService;

/** A broker of JMS inside the container, in memory; without a network. It outlives the routes that use it. */
public final class Queues {
    static final String ADDRESS = "vm://queues?create=false&jms.prefetchPolicy.all=10";

    private final BrokerService broker = new BrokerService();

    /** Starts it. */
    public void activate() throws Exception {
        broker.setBrokerName("queues");
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.start();
        broker.waitUntilStarted();
    }

    /** Stops it. */
    public void deactivate() throws Exception {
        broker.stop();
    }
}
