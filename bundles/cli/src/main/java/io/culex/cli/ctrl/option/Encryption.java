// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.option;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a connection is protected. */
public sealed interface Encryption {
    /** Not at all. */
    record None() implements Encryption {}

    /**
     * TLS with a key that both know.
     *
     * @param ciphers a list of OpenSSL; null: all there are
     */
    record SharedKey(String identity, byte[] key, @Nullable String ciphers) implements Encryption {}

    /**
     * TLS with certificates; the parts as their options say it.
     *
     * @param cafile authorities, or null
     * @param capath a folder of them, or null
     * @param system whether those of the machine count
     * @param insecure whether the certificate may name another host
     * @param cert the client's own, or null
     * @param key of that, or null
     * @param ciphers or null
     * @param version the lowest, or null
     * @param alpn protocols to offer
     */
    record Certificates(
            @Nullable Path cafile,
            @Nullable Path capath,
            boolean system,
            boolean insecure,
            @Nullable Path cert,
            @Nullable Path key,
            @Nullable String ciphers,
            @Nullable String version,
            List<String> alpn)
            implements Encryption {}
}
