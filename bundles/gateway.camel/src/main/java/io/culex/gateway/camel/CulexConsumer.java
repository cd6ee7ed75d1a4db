// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import java.util.List;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Has a route work on what a session receives. */
final class CulexConsumer extends DefaultConsumer {
    private final CulexEndpoint endpoint;
    private final List<String> filters;
    private @Nullable Intake intake;

    CulexConsumer(CulexEndpoint endpoint, Processor processor, List<String> filters) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.filters = filters;
    }

    CulexEndpoint endpoint() {
        return endpoint;
    }

    List<String> filters() {
        return filters;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Intake started = new Intake(this);
        intake = started;
        started.open();
    }

    /** Waits for exchanges that have begun, as long as Camel's shutdown strategy says. */
    @Override
    protected void doStop() throws Exception {
        Intake started = intake;
        intake = null;
        if (started != null) {
            started.close();
        }
        super.doStop();
    }
}
