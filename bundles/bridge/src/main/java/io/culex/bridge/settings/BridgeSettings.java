// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.settings;

import java.util.List;

/**
 * One bridge.
 *
 * @param name after {@code connection}
 * @param addresses in the order in which they are tried
 * @param topics what goes which way
 * @param remote how it presents itself there
 * @param local its session here
 * @param notices where it says whether it is connected
 * @param start when it connects
 * @param wire the connection itself
 */
public record BridgeSettings(
        String name,
        List<Address> addresses,
        TopicRules topics,
        Remote remote,
        Local local,
        Notices notices,
        Start start,
        Wire wire) {
    private static final int TLS_PORT = 8883;

    public BridgeSettings {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("Error: Invalid bridge configuration: no remote addresses defined.");
        }
    }

    /** Whether the connection is encrypted. */
    public boolean isEncrypted() {
        return !wire.stages().isEmpty();
    }

    /** Whether it looks as if encryption was meant, and there is none. */
    public boolean lacksEncryption() {
        return !isEncrypted() && addresses.stream().anyMatch(address -> address.port() == TLS_PORT);
    }
}
