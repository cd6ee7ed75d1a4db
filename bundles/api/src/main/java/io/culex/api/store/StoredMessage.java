// SPDX-License-Identifier: Apache-2.0
package io.culex.api.store;

import org.jspecify.annotations.Nullable;

/**
 * A message as it is kept. The arrays are not copied and must not be changed.
 *
 * @param id unique in the store for ever
 * @param topic UTF-8, mount point applied
 * @param properties the encoded properties of MQTT 5 that travel with it, without length, expiry and alias
 * @param payload the bytes
 * @param qos as published: 0, 1 or 2
 * @param retain as published
 * @param expiresAtMillis since 1970; 0: does not expire
 * @param publisher whose right to publish counts for a retained message, or null
 */
@SuppressWarnings("ArrayRecordComponent") // kept and written as they are; never compared
public record StoredMessage(
        long id,
        byte[] topic,
        byte[] properties,
        byte[] payload,
        int qos,
        boolean retain,
        long expiresAtMillis,
        @Nullable StoredClient publisher) {}
