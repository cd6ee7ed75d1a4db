// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.tls;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.ListenerSettings;
import io.culex.security.tls.CipherChoice;
import io.culex.security.tls.ServerTlsSettings;
import io.culex.security.tls.ServerTlsSettings.ClientCheck;
import io.culex.security.tls.ServerTlsSettings.IdentityFiles;
import io.culex.security.tls.TlsVersion;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of mosquitto.conf for one TLS listener, read (SPEC A.4).
 *
 * @param tls files and rules
 * @param username what of a client's certificate is its user name
 * @param keylog the file of {@code --tls-keylog}, or null
 */
record TlsOptions(ServerTlsSettings tls, UsernameSource username, @Nullable Path keylog) {
    static final String CERTFILE = "certfile";
    static final String KEYLOG = "tls_keylog";

    static final Set<String> NAMES = Set.of(
            "cafile",
            "capath",
            CERTFILE,
            "ciphers",
            "ciphers_tls1.3",
            "crlfile",
            "disable_client_cert_date_checks",
            "keyfile",
            "psk_file",
            "psk_hint",
            "require_certificate",
            "tls_keyform",
            KEYLOG,
            "tls_version",
            "use_identity_as_username",
            "use_subject_as_username");

    /** Where the user name comes from. */
    enum UsernameSource {
        /** From CONNECT. */
        CONNECT,
        /** {@code use_identity_as_username}. */
        COMMON_NAME,
        /** {@code use_subject_as_username}. */
        SUBJECT
    }

    /**
     * Out of a listener's settings.
     *
     * @throws GenerationRefusedException when they contradict each other
     */
    static TlsOptions of(ListenerSettings settings) throws GenerationRefusedException {
        Map<String, String> options = settings.stages();
        boolean requires = flag(options, "require_certificate");
        UsernameSource username = username(options);
        Path crlfile = path(options, "crlfile");
        if (!requires && username != UsernameSource.CONNECT) {
            String option = username == UsernameSource.SUBJECT ? "use_subject_as_username" : "use_identity_as_username";
            throw refused("Error: %s needs require_certificate on listener %s.".formatted(option, settings.name()));
        }
        if (!requires && crlfile != null) {
            throw refused("Error: crlfile needs require_certificate on listener %s.".formatted(settings.name()));
        }
        if (requires && !options.containsKey("cafile") && !options.containsKey("capath")) {
            throw refused(
                    "Error: require_certificate needs cafile or capath on listener %s.".formatted(settings.name()));
        }
        ClientCheck clients =
                requires ? new ClientCheck(crlfile, !flag(options, "disable_client_cert_date_checks")) : null;
        List<String> applications = List.of(settings.protocol().equals("mqtt") ? "mqtt" : "http/1.1");
        return new TlsOptions(
                new ServerTlsSettings(identity(options), clients, ciphers(options), applications),
                username,
                path(options, KEYLOG));
    }

    private static UsernameSource username(Map<String, String> options) {
        if (flag(options, "use_identity_as_username")) {
            return UsernameSource.COMMON_NAME;
        }
        return flag(options, "use_subject_as_username") ? UsernameSource.SUBJECT : UsernameSource.CONNECT;
    }

    private static IdentityFiles identity(Map<String, String> options) throws GenerationRefusedException {
        Path certfile = path(options, CERTFILE);
        Path keyfile = path(options, "keyfile");
        if (certfile == null || keyfile == null) {
            throw refused("Error: Both certfile and keyfile must be provided to enable a TLS listener.");
        }
        return new IdentityFiles(certfile, keyfile, path(options, "cafile"), path(options, "capath"));
    }

    private static CipherChoice ciphers(Map<String, String> options) throws GenerationRefusedException {
        String word = options.getOrDefault("tls_version", "tlsv1.2");
        TlsVersion lowest = TlsVersion.parse(word)
                .orElseThrow(() -> refused("Error: Invalid 'tls_version' value (%s).".formatted(word)));
        return new CipherChoice(options.get("ciphers"), options.get("ciphers_tls1.3"), lowest);
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
