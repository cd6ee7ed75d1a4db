// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.proxy;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.ListenerSettings;
import io.culex.transport.TrustedNetworks;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of mosquitto.conf for one listener behind a proxy, read (SPEC G).
 *
 * @param version 1 or 2
 * @param requireTls {@code proxy_protocol_v2_require_tls}
 * @param requireCertificate {@code require_certificate}, of what the header says
 * @param nameOfCertificate {@code use_identity_as_username}
 * @param trusted from whom a header is taken; null: from everyone
 */
record ProxyOptions(
        int version,
        boolean requireTls,
        boolean requireCertificate,
        boolean nameOfCertificate,
        @Nullable TrustedNetworks trusted) {
    static final String ENABLED = "enable_proxy_protocol";
    static final Set<String> NAMES = Set.of(
            ENABLED,
            "proxy_protocol_v2_require_tls",
            "proxy_trusted_networks",
            "require_certificate",
            "use_identity_as_username");

    static ProxyOptions of(ListenerSettings settings) throws GenerationRefusedException {
        Map<String, String> options = settings.stages();
        int version = Integer.parseInt(options.getOrDefault(ENABLED, "0"));
        // With TLS behind the header, certificates are checked there.
        boolean plain = !options.containsKey("certfile") && !options.containsKey("psk_hint");
        ProxyOptions read = new ProxyOptions(
                version,
                flag(options, "proxy_protocol_v2_require_tls"),
                plain && flag(options, "require_certificate"),
                plain && flag(options, "use_identity_as_username"),
                trusted(options.get("proxy_trusted_networks")));
        read.check(settings.name());
        return read;
    }

    private void check(String listener) throws GenerationRefusedException {
        if (version == 1 && (requireTls || requireCertificate || nameOfCertificate)) {
            throw refused("Error: Version 1 of the PROXY protocol says nothing of TLS, which listener %s requires."
                    .formatted(listener));
        }
        if (nameOfCertificate && !requireCertificate) {
            throw refused(
                    "Error: use_identity_as_username needs require_certificate on listener %s.".formatted(listener));
        }
    }

    private static @Nullable TrustedNetworks trusted(@Nullable String networks) throws GenerationRefusedException {
        try {
            return networks == null ? null : TrustedNetworks.parse(networks);
        } catch (IllegalArgumentException e) {
            throw refused("Error: Invalid 'proxy_trusted_networks' value (%s).".formatted(e.getMessage()));
        }
    }

    private static boolean flag(Map<String, String> options, String name) {
        return Boolean.parseBoolean(options.get(name));
    }

    private static GenerationRefusedException refused(String message) {
        return new GenerationRefusedException(Kind.CONFIGURATION, message);
    }
}
