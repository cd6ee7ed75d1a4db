// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The authorities that the machine believes: the file and the folder of OpenSSL's environment variables {@code SSL_CERT_FILE} and
 * {@code SSL_CERT_DIR}, else the bundle of the distribution.
 */
final class SystemAuthorities {
    private static final List<Path> BUNDLES = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private SystemAuthorities() {}

    /**
     * Those that are found; none: the JDK's own have to do.
     *
     * @throws TlsFileException when the environment names what cannot be used
     */
    static List<X509Certificate> load() throws TlsFileException {
        String file = System.getenv("SSL_CERT_FILE");
        String folder = System.getenv("SSL_CERT_DIR");
        if (file != null || folder != null) {
            return Authorities.load(file == null ? null : Path.of(file), folder == null ? null : Path.of(folder));
        }
        for (Path bundle : BUNDLES) {
            if (Files.isReadable(bundle)) {
                return read(bundle);
            }
        }
        return List.of();
    }

    /** By the JDK, which reads a hundred certificates in a fraction of the time. */
    private static List<X509Certificate> read(Path bundle) throws TlsFileException {
        List<X509Certificate> found = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(bundle))) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                found.add((X509Certificate) certificate);
            }
            return found;
        } catch (IOException | CertificateException e) {
            throw new TlsFileException(
                    "Error: Unable to load the system's CA certificates \"%s\". %s.".formatted(bundle, e.getMessage()),
                    e);
        }
    }
}
