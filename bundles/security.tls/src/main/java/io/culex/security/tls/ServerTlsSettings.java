// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS listener is to do.
 *
 * @param identity its own files
 * @param clients what it asks of clients; null: no certificate
 * @param ciphers which it takes
 * @param applications protocols it agrees to when a client offers them (ALPN)
 */
public record ServerTlsSettings(
        IdentityFiles identity, @Nullable ClientCheck clients, CipherChoice ciphers, List<String> applications) {
    /**
     * Whose the listener is.
     *
     * @param certfile the certificate, with or without those above it
     * @param keyfile its key
     * @param cafile authorities, also to complete the chain; or null
     * @param capath a folder of them, or null
     */
    public record IdentityFiles(Path certfile, Path keyfile, @Nullable Path cafile, @Nullable Path capath) {}

    /**
     * {@code require_certificate}.
     *
     * @param crlfile revocation lists, or null
     * @param datesCount false with {@code disable_client_cert_date_checks}
     */
    public record ClientCheck(@Nullable Path crlfile, boolean datesCount) {}

    public ServerTlsSettings {
        applications = List.copyOf(applications);
    }
}
