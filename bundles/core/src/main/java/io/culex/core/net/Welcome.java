// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.ListenerSettings;
import io.culex.codec.Properties;
import io.culex.codec.PropertiesBuilder;

/** What CONNACK tells an MQTT 5 client of the broker's limits: only those that differ from what it takes for granted. */
final class Welcome {
    private static final int UNLIMITED = 0xFFFF;

    private final BrokerSettings broker;
    private final ListenerSettings.Clients clients;

    Welcome(Connection connection) {
        this.broker = connection.broker();
        this.clients = connection.scope().listener().clients();
    }

    PropertiesBuilder limits() {
        PropertiesBuilder properties = Properties.builder();
        int inflight = broker.limits().maxInflightMessages();
        if (clients.maxTopicAlias() > 0) {
            properties.topicAliasMaximum(clients.maxTopicAlias());
        }
        if (broker.limits().maxPacketBytes() > 0) {
            properties.maximumPacketSize(broker.limits().maxPacketBytes());
        }
        if (inflight > 0 && inflight < UNLIMITED) {
            properties.receiveMaximum(inflight);
        }
        if (clients.maxQos() < 2) {
            properties.maximumQos(clients.maxQos());
        }
        if (!broker.retain().available()) {
            properties.retainAvailable(0);
        }
        return properties;
    }
}
