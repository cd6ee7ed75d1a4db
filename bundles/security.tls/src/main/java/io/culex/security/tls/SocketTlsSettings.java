// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of TLS.
 *
 * @param trust whom it believes
 * @param identity its own files; null: it has none
 * @param ciphers which it offers
 * @param applications protocols that it offers (ALPN)
 */
public record SocketTlsSettings(
        Trust trust, @Nullable Identity identity, CipherChoice ciphers, List<String> applications) {
    /**
     * Whose servers are believed.
     *
     * @param cafile authorities, or null
     * @param capath a folder of them, or null
     * @param system whether the authorities of this machine count, too
     * @param namesCount whether the server's certificate must name the host
     */
    public record Trust(@Nullable Path cafile, @Nullable Path capath, boolean system, boolean namesCount) {}

    /**
     * Who the client is.
     *
     * @param certfile its certificate, with or without those above it
     * @param keyfile the key of that
     * @param password asked when the key is encrypted
     */
    public record Identity(Path certfile, Path keyfile, KeyPassword password) {}

    public SocketTlsSettings {
        applications = List.copyOf(applications);
    }
}
