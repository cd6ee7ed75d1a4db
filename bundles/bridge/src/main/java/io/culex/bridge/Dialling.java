// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.bridge.settings.Address;
import io.culex.bridge.settings.BridgeSettings;
import io.culex.transport.DialRequest;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/** How a bridge asks for a connection, and what its failure is in words. Stateless. */
final class Dialling {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Dialling() {}

    static DialRequest request(BridgeSettings settings, Address address) {
        return request(settings, address, settings.wire().stages());
    }

    /** Only to see whether somebody is there. */
    static DialRequest plain(BridgeSettings settings, Address address) {
        return request(settings, address, Map.of());
    }

    private static DialRequest request(BridgeSettings settings, Address address, Map<String, String> stages) {
        return new DialRequest(
                InetSocketAddress.createUnresolved(address.host(), address.port()),
                settings.wire().from(),
                LIMIT,
                settings.wire().tcp(),
                stages);
    }

    /** Without a full stop at its end: it stands within a sentence. */
    static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof UnknownHostException) {
            return "the name is not known";
        }
        String words = Objects.toString(cause.getMessage(), cause.getClass().getSimpleName());
        return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    }
}
