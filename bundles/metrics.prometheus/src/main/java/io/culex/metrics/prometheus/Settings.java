// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import io.culex.metrics.export.OptionException;
import io.culex.metrics.export.Options;
import io.culex.security.tls.ServerIdentity;
import io.culex.security.tls.TlsFileException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says.
 *
 * @param address to listen on
 * @param interval for which a reading is shown again; zero: each scrape reads
 * @param negotiates whether a client that prefers OpenMetrics gets it; else only one that takes nothing else
 * @param tls of the server; null: none
 * @param login who may scrape; null: everyone
 */
record Settings(
        InetSocketAddress address, Duration interval, boolean negotiates, @Nullable Tls tls, @Nullable Login login) {
    private static final int MAX_PORT = 65_535;

    /**
     * How the server shows who it is.
     *
     * @param validUntil when the first certificate of its chain expires
     */
    record Tls(X509ExtendedKeyManager keys, Instant validUntil) {
        static Tls of(ServerIdentity identity) throws GeneralSecurityException {
            Instant end = identity.chain().stream()
                    .map(certificate -> certificate.getNotAfter().toInstant())
                    .min(Instant::compareTo)
                    .orElseThrow();
            return new Tls(identity.keyManager(), end);
        }
    }

    /** Reads the options, and the certificate when there is one; blocks. */
    static Settings of(PrometheusExporter.Config config) throws OptionException {
        Options options = new Options("prometheus");
        int port = options.number("port", config.port(), 0, MAX_PORT);
        String bind = config.bind__address();
        InetAddress local = bind.isEmpty() ? null : options.local("bind_address", bind);
        return new Settings(
                new InetSocketAddress(local, port),
                options.seconds("update_interval", config.update__interval(), 0),
                options.flag("openmetrics", config.openmetrics()),
                tls(options, options.file("certfile", config.certfile()), options.file("keyfile", config.keyfile())),
                login(options, config));
    }

    private static @Nullable Login login(Options options, PrometheusExporter.Config config) throws OptionException {
        if (config.username().isEmpty() && config.password().isEmpty()) {
            return null;
        }
        return new Login(
                options.required("username", config.username()), options.required("password", config.password()));
    }

    private static @Nullable Tls tls(Options options, @Nullable Path certfile, @Nullable Path keyfile)
            throws OptionException {
        if (certfile == null && keyfile == null) {
            return null;
        }
        if (certfile == null || keyfile == null) {
            throw options.wrong("Both 'plugin_opt_certfile' and 'plugin_opt_keyfile' must be given.");
        }
        try {
            return Tls.of(ServerIdentity.load(certfile, keyfile));
        } catch (TlsFileException e) {
            throw new OptionException(Objects.toString(e.getMessage(), e.toString()), e);
        } catch (GeneralSecurityException e) {
            throw options.wrong("TLS cannot be set up: " + e.getMessage());
        }
    }
}
