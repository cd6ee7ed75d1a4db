// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.websocket;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.ListenerSettings;
import io.culex.transport.StaticFiles;
import io.culex.transport.TrustedNetworks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of mosquitto.conf for one WebSocket listener, read (SPEC H.6).
 *
 * @param origins {@code websockets_origin}; empty: every one
 * @param headBytes how long the head of a request may be
 * @param files {@code http_dir}, or null
 * @param trusted whose {@code X-Forwarded-For} is believed; null: nobody's
 */
record WebSocketOptions(
        List<String> origins, int headBytes, @Nullable StaticFiles files, @Nullable TrustedNetworks trusted) {
    static final Set<String> NAMES =
            Set.of("http_dir", "packet_buffer_size", "proxy_trusted_networks", "websockets_origin");

    private static final int DEFAULT_HEAD = 4096;

    static WebSocketOptions of(ListenerSettings settings) throws GenerationRefusedException {
        Map<String, String> options = settings.stages();
        String origins = options.getOrDefault("websockets_origin", "");
        String files = options.get("http_dir");
        int head = Integer.parseInt(options.getOrDefault("packet_buffer_size", "0"));
        return new WebSocketOptions(
                origins.isEmpty() ? List.of() : List.of(origins.split(" ", -1)),
                head == 0 ? DEFAULT_HEAD : head,
                files == null ? null : StaticFiles.of(files),
                trusted(options));
    }

    /** Behind the PROXY protocol the client is known already. */
    private static @Nullable TrustedNetworks trusted(Map<String, String> options) throws GenerationRefusedException {
        String networks = options.get("proxy_trusted_networks");
        if (networks == null || options.containsKey("enable_proxy_protocol")) {
            return null;
        }
        try {
            return TrustedNetworks.parse(networks);
        } catch (IllegalArgumentException e) {
            throw new GenerationRefusedException(
                    Kind.CONFIGURATION,
                    "Error: Invalid 'proxy_trusted_networks' value (%s).".formatted(e.getMessage()),
                    e);
        }
    }
}
