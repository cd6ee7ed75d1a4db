// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.ListenerSettings;
import io.culex.api.message.UserProperty;
import io.culex.codec.Connect;
import io.culex.codec.Properties;
import io.culex.codec.PropertiesBuilder;

/** What CONNACK tells an MQTT 5 client of the broker's limits: only those that differ from what it takes for granted. */
final class Welcome {
    private static final int UNLIMITED = 0xFFFF;
    private static final String BRIDGE_ID = "x-bridge-id";

    private final BrokerSettings broker;
    private final ListenerSettings.Clients clients;
    private final String brokerId;

    Welcome(Connection connection) {
        this.broker = connection.doorway().broker();
        this.clients = connection.doorway().scope().listener().clients();
        this.brokerId = connection.services().current().get().brokerId();
    }

    int topicAliasMaximum() {
        return clients.maxTopicAlias();
    }

    PropertiesBuilder limits(Connect packet) {
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
        if (isOfBridge(packet)) {
            properties.userProperty(BRIDGE_ID, brokerId);
        }
        return properties;
    }

    /** A bridge says what its broker is called, and wants to hear the same, so that it can cut loops before they close. */
    private static boolean isOfBridge(Connect packet) {
        for (UserProperty pair : packet.properties().userProperties()) {
            if (pair.name().equals(BRIDGE_ID)) {
                return true;
            }
        }
        return false;
    }
}
