// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.api.config.BrokerSettings;
import io.culex.api.log.BrokerLog;
import io.culex.bridge.loop.Clockwork;
import io.culex.bridge.settings.BridgeSettings;

/**
 * What a connection of a bridge needs to know.
 *
 * @param offer what it asks for
 * @param hops cuts loops
 * @param broker its settings
 * @param traffic counts what goes over it
 * @param place what the broker at the address may hold
 * @param clockwork its loop
 * @param log where lines go
 */
public record Circumstances(
        Offer offer,
        Hops hops,
        BrokerSettings broker,
        Traffic traffic,
        Place place,
        Clockwork clockwork,
        BrokerLog log) {

    /** Of the bridge. */
    public BridgeSettings settings() {
        return offer.settings();
    }

    /** How many messages of QoS 1 and 2 may be on their way to us; 0: any number. */
    int receiveMaximum() {
        int own = settings().wire().receiveMaximum();
        return own > 0 ? own : broker.limits().maxInflightMessages();
    }

    /** The largest packet that is taken; 0: any. */
    int maxPacketBytes() {
        int own = settings().wire().maxPacketBytes();
        return own > 0 ? own : broker.limits().maxPacketBytes();
    }
}
