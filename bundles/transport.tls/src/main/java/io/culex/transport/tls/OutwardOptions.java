// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.security.tls.CipherChoice;
import io.culex.security.tls.ClientPskTls;
import io.culex.security.tls.ClientTlsSettings;
import io.culex.security.tls.ClientTlsSettings.Check;
import io.culex.security.tls.ClientTlsSettings.IdentityFiles;
import io.culex.security.tls.ClientTlsSettings.Trusted;
import io.culex.security.tls.TlsFileException;
import io.culex.security.tls.TlsVersion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of mosquitto.conf for TLS of a bridge, read (SPEC F.1). Stateless. */
final class OutwardOptions {
    private static final String CAFILE = "bridge_cafile";
    private static final String CAPATH = "bridge_capath";
    private static final String SYSTEM = "bridge_tls_use_os_certs";
    private static final String PSK = "bridge_psk";
    private static final String IDENTITY = "bridge_identity";

    static final Set<String> NAMES = Set.of(
            "bridge_alpn",
            CAFILE,
            CAPATH,
            "bridge_certfile",
            "bridge_ciphers",
            "bridge_ciphers_tls1.3",
            IDENTITY,
            "bridge_insecure",
            "bridge_keyfile",
            PSK,
            "bridge_require_ocsp",
            SYSTEM,
            "bridge_tls_version");

    private OutwardOptions() {}

    /** Whether there is TLS: only with authorities, or a key, to check the other end by. */
    static boolean areThere(Map<String, String> options) {
        return options.containsKey(CAFILE)
                || options.containsKey(CAPATH)
                || options.containsKey(PSK)
                || flag(options, SYSTEM);
    }

    /** TLS with a pre-shared key; null: with certificates. */
    static @Nullable ClientPskTls psk(Map<String, String> options) throws GenerationRefusedException, TlsFileException {
        String key = options.get(PSK);
        if (key == null) {
            return null;
        }
        String identity = options.get(IDENTITY);
        if (identity == null) {
            throw refused("Error: Invalid bridge configuration: missing bridge_identity.");
        }
        return ClientPskTls.of(identity, key, options.get("bridge_ciphers"), applications(options));
    }

    /** TLS with certificates. */
    static ClientTlsSettings certificates(Map<String, String> options) throws GenerationRefusedException {
        Path certfile = path(options, "bridge_certfile");
        Path keyfile = path(options, "bridge_keyfile");
        if ((certfile == null) != (keyfile == null)) {
            throw refused("Error: bridge_certfile and bridge_keyfile go together.");
        }
        return new ClientTlsSettings(
                new Trusted(path(options, CAFILE), path(options, CAPATH), flag(options, SYSTEM)),
                certfile == null || keyfile == null ? null : new IdentityFiles(certfile, keyfile),
                ciphers(options),
                applications(options),
                new Check(!flag(options, "bridge_insecure"), flag(options, "bridge_require_ocsp")));
    }

    private static List<String> applications(Map<String, String> options) {
        String name = options.get("bridge_alpn");
        return name == null ? List.of() : List.of(name);
    }

    private static CipherChoice ciphers(Map<String, String> options) throws GenerationRefusedException {
        String word = options.getOrDefault("bridge_tls_version", "tlsv1.2");
        TlsVersion lowest = TlsVersion.parse(word)
                .orElseThrow(() -> refused("Error: Invalid 'bridge_tls_version' value (%s).".formatted(word)));
        return new CipherChoice(options.get("bridge_ciphers"), options.get("bridge_ciphers_tls1.3"), lowest);
    }

    private static boolean flag(Map<String, String> options, String name) {
        return Boolean.parseBoolean(options.get(name));
    }

    private static @Nullable Path path(Map<String, String> options, String name) throws GenerationRefusedException {
        String value = options.get(name);
        try {
            return value == null ? null : Path.of(value);
        } catch (InvalidPathException e) {
            throw refused("Error: Invalid '%s' value (%s).".formatted(name, value));
        }
    }

    private static GenerationRefusedException refused(String message) {
        return new GenerationRefusedException(Kind.CONFIGURATION, message);
    }
}
