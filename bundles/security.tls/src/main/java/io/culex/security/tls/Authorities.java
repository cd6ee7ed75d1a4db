// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The certificates of authorities: {@code cafile} and {@code capath}. */
final class Authorities {
    /** What {@code openssl rehash} names the links, and how authorities are named where nobody has run it. */
    private static final Pattern CERTIFICATE =
            Pattern.compile("[0-9a-f]{8}\\.\\d+|.*\\.(pem|crt|cer)", Pattern.CASE_INSENSITIVE);

    /** Where systems have all their authorities in one file: Debian, Fedora, Alpine, BSD. */
    private static final List<String> SYSTEM = List.of(
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/ssl/cert.pem",
            "/etc/ssl/ca-bundle.pem");

    private Authorities() {}

    /**
     * All of both, each once.
     *
     * @throws TlsFileException when a file that is named cannot be read or holds none
     */
    static List<X509Certificate> load(@Nullable Path cafile, @Nullable Path capath) throws TlsFileException {
        Set<X509Certificate> found = new LinkedHashSet<>();
        if (cafile != null) {
            found.addAll(ofFile(cafile));
        }
        if (capath != null) {
            found.addAll(ofFolder(capath));
        }
        return List.copyOf(found);
    }

    /**
     * These, and those that the operating system trusts; where it has none in a usual place, those of the JDK.
     *
     * @throws TlsFileException when there are none anywhere
     */
    static List<X509Certificate> withSystem(List<X509Certificate> given) throws TlsFileException {
        Set<X509Certificate> found = new LinkedHashSet<>(given);
        for (String bundle : SYSTEM) {
            if (Files.isReadable(Path.of(bundle))) {
                found.addAll(ofFile(Path.of(bundle)));
                return List.copyOf(found);
            }
        }
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager trust : factory.getTrustManagers()) {
                if (trust instanceof X509TrustManager x509) {
                    found.addAll(List.of(x509.getAcceptedIssuers()));
                }
            }
            return List.copyOf(found);
        } catch (GeneralSecurityException e) {
            throw new TlsFileException(
                    "Error: Unable to load the CA certificates of the operating system. %s.".formatted(e.getMessage()),
                    e);
        }
    }

    private static List<X509Certificate> ofFile(Path cafile) throws TlsFileException {
        try {
            List<X509Certificate> found = PemFile.read(cafile).certificates();
            if (found.isEmpty()) {
                throw new IOException("There is no certificate in it");
            }
            return found;
        } catch (IOException e) {
            throw refused("cafile", cafile, e);
        }
    }

    /** A folder may hold other things too; only a folder in which nothing can be used is an error. */
    private static List<X509Certificate> ofFolder(Path capath) throws TlsFileException {
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (Path file : files(capath)) {
                found.addAll(certificates(file));
            }
            if (found.isEmpty()) {
                throw new IOException("There is no certificate in it");
            }
            return found;
        } catch (IOException e) {
            throw refused("capath", capath, e);
        }
    }

    /** The files of a folder that may hold authorities, in order of their names. */
    static List<Path> files(Path capath) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(capath)) {
            for (Path file : all) {
                if (CERTIFICATE.matcher(file.getFileName().toString()).matches()) {
                    files.add(file);
                }
            }
        }
        files.sort(null);
        return files;
    }

    private static List<X509Certificate> certificates(Path file) {
        try {
            return PemFile.read(file).certificates();
        } catch (IOException unusable) {
            return List.of();
        }
    }

    private static TlsFileException refused(String option, Path path, IOException cause) {
        return new TlsFileException(
                "Error: Unable to load CA certificates. Check %s \"%s\". %s."
                        .formatted(option, path, TlsFileException.reason(cause)),
                cause);
    }
}
