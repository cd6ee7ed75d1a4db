// SPDX-License-Identifier: Apache-2.0
package io.culex.api.admin;

import java.util.List;
import java.util.Objects;

/**
 * What there is to see of one listener.
 *
 * @param name in the configuration
 * @param protocol {@code mqtt}, {@code websockets} or {@code http_api}
 * @param addresses what it is bound to
 * @param gate {@code open}, {@code waiting} or {@code refusing}
 * @param connections open ones that came in here
 * @param maxConnections -1: no limit
 * @param tls whether it encrypts
 * @param anonymous whether clients without a user name may come in when no plugin decides
 * @param plugins that decide here, in order
 */
public record ListenerInfo(
        String name,
        String protocol,
        List<String> addresses,
        String gate,
        int connections,
        int maxConnections,
        boolean tls,
        boolean anonymous,
        List<String> plugins) {
    public ListenerInfo {
        Objects.requireNonNull(name, "name");
        addresses = List.copyOf(addresses);
        plugins = List.copyOf(plugins);
    }
}
