// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** Makes the endpoints of one context. Public for Camel, which calls it by reflection. */
public final class CulexComponent extends DefaultComponent {
    private final Broker broker;

    CulexComponent(Broker broker) {
        this.broker = broker;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        CulexEndpoint endpoint = new CulexEndpoint(uri, this, Options.of(remaining, parameters), broker);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
