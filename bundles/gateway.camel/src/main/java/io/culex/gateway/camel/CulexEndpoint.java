// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One address, {@code culex:PATH?...}. Public for Camel, which sets its own options by reflection. */
public final class CulexEndpoint extends DefaultEndpoint {
    private final Options options;
    private final Broker broker;

    CulexEndpoint(String uri, CulexComponent component, Options options, Broker broker) {
        super(uri, component);
        this.options = options;
        this.broker = broker;
    }

    Options options() {
        return options;
    }

    Broker broker() {
        return broker;
    }

    @Override
    public Producer createProducer() {
        return new CulexProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        CulexConsumer consumer = new CulexConsumer(this, processor, options.subscriptions());
        configureConsumer(consumer);
        return consumer;
    }

    /** Only itself: Camel keeps producers by their endpoint, and one of a gateway that was exchanged must not be found again. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
