// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connection outward is to do about TLS.
 *
 * @param trusted whom it believes
 * @param identity its own certificate, or null
 * @param ciphers which it takes
 * @param applications protocols that it offers (ALPN)
 * @param check how it looks at the server's certificate
 */
public record ClientTlsSettings(
        Trusted trusted,
        @Nullable IdentityFiles identity,
        CipherChoice ciphers,
        List<String> applications,
        Check check) {
    /**
     * The authorities.
     *
     * @param cafile a file of them, or null
     * @param capath a folder of them, or null; its files need no particular names
     * @param system whether those of the operating system count too
     */
    public record Trusted(@Nullable Path cafile, @Nullable Path capath, boolean system) {
        /** For the log. */
        String describe() {
            StringBuilder places = new StringBuilder();
            if (cafile != null) {
                places.append("file \"").append(cafile).append('"');
            }
            if (capath != null) {
                places.append(places.isEmpty() ? "" : " and ")
                        .append("folder \"")
                        .append(capath)
                        .append('"');
            }
            if (system) {
                places.append(places.isEmpty() ? "" : " and ").append("the operating system");
            }
            return places.toString();
        }
    }

    /**
     * Who connects.
     *
     * @param certfile the certificate, with or without those above it
     * @param keyfile its key
     */
    public record IdentityFiles(Path certfile, Path keyfile) {}

    /**
     * How strictly the server is checked.
     *
     * @param name whether the certificate must be for the host that was asked for
     * @param ocsp whether an OCSP responder must say that it is not revoked
     */
    public record Check(boolean name, boolean ocsp) {
        /** The name counts, nobody is asked. */
        public static final Check DEFAULTS = new Check(true, false);
    }

    public ClientTlsSettings {
        applications = List.copyOf(applications);
    }
}
