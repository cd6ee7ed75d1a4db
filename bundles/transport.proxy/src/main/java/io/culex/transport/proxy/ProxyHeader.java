// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.proxy;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy says of a connection.
 *
 * @param forClient whether it opened the connection for a client; else for itself (LOCAL), or it does not know (UNKNOWN)
 * @param source the client's address; null when it has none (a unix socket), or is not known
 * @param tls what it says of TLS, or null
 */
record ProxyHeader(boolean forClient, @Nullable InetSocketAddress source, @Nullable TlsClaim tls) {
    static final ProxyHeader LOCAL = new ProxyHeader(false, null, null);

    /**
     * The TLV of type SSL.
     *
     * @param client its bits
     * @param verify 0 when the certificate was verified
     * @param version of TLS, or null
     * @param cipher the cipher suite, or null
     * @param commonName of the client's certificate, or null
     */
    record TlsClaim(
            int client, long verify, @Nullable String version, @Nullable String cipher, @Nullable String commonName) {
        private static final int USED = 1;
        private static final int CERTIFICATE = 2 | 4;

        /** Whether the client used TLS; haproxy sends this TLV also for those that did not. */
        boolean isUsed() {
            return (client & USED) != 0;
        }

        /** Whether the client showed a certificate, on this connection or in the session it resumed, that was verified. */
        boolean isVerified() {
            return isUsed() && (client & CERTIFICATE) != 0 && verify == 0;
        }
    }
}
