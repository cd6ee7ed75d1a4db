// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.store.StoredWill;
import io.culex.core.route.Publication;

/**
 * A will.
 *
 * @param publication its message; an expiry counts from its publication [MQTT-3.1.3.2.4]
 * @param expirySeconds its Message Expiry Interval; -1: does not expire
 * @param delaySeconds how long after the end of the link it is published, unless the session ends before
 */
public record WillMessage(Publication publication, long expirySeconds, long delaySeconds) {
    /** As the store has kept it. */
    static WillMessage of(StoredWill stored) {
        return new WillMessage(Publication.of(stored.message()), stored.expirySeconds(), stored.delaySeconds());
    }

    /**
     * As the store keeps it.
     *
     * @param dueAtMillis since 1970; 0: the link is still there
     */
    StoredWill toStored(long dueAtMillis) {
        return new StoredWill(publication.toStored(), expirySeconds, delaySeconds, dueAtMillis);
    }

    /**
     * The message as published at this moment.
     *
     * @param source the number of the client's session: No Local holds for its will too [MQTT-3.8.3-3]
     */
    Publication publishedAt(long millis, long source) {
        return new Publication(
                publication.topic(),
                publication.properties(),
                publication.payload(),
                publication.qos(),
                publication.retain(),
                expirySeconds < 0 ? 0 : millis + expirySeconds * 1000,
                source,
                publication.sender());
    }
}
