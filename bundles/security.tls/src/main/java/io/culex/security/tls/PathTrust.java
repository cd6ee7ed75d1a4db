// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's validation of paths: a certificate is believed when it leads to a root among the authorities ({@link Roots}), and is not
 * revoked. Clients are told of all authorities, not of the roots alone: one whose certificate is of an intermediate looks for that
 * name. Any thread.
 */
final class PathTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager trust;
    private final List<X509Certificate> authorities;
    private final UnaryOperator<X509Certificate> seen;

    private PathTrust(
            X509ExtendedTrustManager trust, List<X509Certificate> authorities, UnaryOperator<X509Certificate> seen) {
        this.trust = trust;
        this.authorities = authorities;
        this.seen = seen;
    }

    /**
     * Believes these authorities.
     *
     * @param authorities at least one
     * @param crlfile revocation lists for the clients' own certificates, or null
     * @param datesCount whether expired certificates, and those of the future, are refused
     * @throws TlsFileException when the lists cannot be used
     */
    static PathTrust of(List<X509Certificate> authorities, @Nullable Path crlfile, boolean datesCount)
            throws TlsFileException {
        UnaryOperator<X509Certificate> seen = datesCount ? UnaryOperator.identity() : DatelessCertificate::new;
        try {
            PKIXBuilderParameters parameters = Roots.of(authorities).parameters(seen);
            if (crlfile != null) {
                watchRevocations(parameters, revocations(crlfile));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            return new PathTrust(
                    (X509ExtendedTrustManager) factory.getTrustManagers()[0], List.copyOf(authorities), seen);
        } catch (GeneralSecurityException e) {
            throw new TlsFileException("Error: Unable to use the CA certificates. %s.".formatted(e.getMessage()), e);
        }
    }

    private static void watchRevocations(PKIXBuilderParameters parameters, List<X509CRL> lists)
            throws GeneralSecurityException {
        PKIXRevocationChecker checker =
                (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
        checker.setOptions(EnumSet.of(
                PKIXRevocationChecker.Option.ONLY_END_ENTITY,
                PKIXRevocationChecker.Option.PREFER_CRLS,
                PKIXRevocationChecker.Option.NO_FALLBACK));
        parameters.addCertPathChecker(checker);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
    }

    private static List<X509CRL> revocations(Path crlfile) throws TlsFileException {
        try {
            List<X509CRL> lists = PemFile.read(crlfile).revocations();
            if (lists.isEmpty()) {
                throw new IOException("There is no revocation list in it");
            }
            return lists;
        } catch (IOException e) {
            throw new TlsFileException(
                    "Error: Unable to load certificate revocation file \"%s\". Check crlfile. %s."
                            .formatted(crlfile, e.getMessage()),
                    e);
        }
    }

    private X509Certificate[] seen(X509Certificate[] chain) {
        return Arrays.stream(chain).map(seen).toArray(X509Certificate[]::new);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkClientTrusted(seen(chain), authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        trust.checkClientTrusted(seen(chain), authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        trust.checkClientTrusted(seen(chain), authType, engine);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.toArray(X509Certificate[]::new);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkServerTrusted(seen(chain), authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        trust.checkServerTrusted(seen(chain), authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        trust.checkServerTrusted(seen(chain), authType, engine);
    }
}
