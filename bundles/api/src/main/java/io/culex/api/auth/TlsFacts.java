// SPDX-License-Identifier: Apache-2.0
package io.culex.api.auth;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a TLS connection.
 *
 * @param source who ended the TLS connection: this broker, or the proxy that says so
 * @param version for example {@code TLSv1.3}; empty when the proxy does not say
 * @param cipher the cipher suite; empty when the proxy does not say
 * @param chain the client's verified certificate chain, its own first; empty without one
 * @param commonName the first common name of the client's certificate, or null
 * @param subject the client certificate's subject (RFC 2253), or null
 * @param pskIdentity the PSK identity, or null
 */
public record TlsFacts(
        Source source,
        String version,
        String cipher,
        List<X509Certificate> chain,
        @Nullable String commonName,
        @Nullable String subject,
        @Nullable String pskIdentity) {
    /** Who ended the TLS connection. */
    public enum Source {
        /** This broker. */
        TLS,
        /** A proxy in front of it, told by the PROXY protocol. */
        PROXY
    }

    public TlsFacts {
        Objects.requireNonNull(source, "source");
        chain = List.copyOf(chain);
    }
}
