// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed: those that lead to a root among the authorities ({@link Roots}), and are not revoked. */
final class ClientTrust {
    private ClientTrust() {}

    /**
     * A trust manager of the JDK's path validation.
     *
     * @param authorities at least one
     * @param crlfile revocation lists for the clients' own certificates, or null
     * @param datesCount whether expired certificates, and those of the future, are refused
     * @throws TlsFileException when the lists cannot be used
     */
    static X509ExtendedTrustManager of(List<X509Certificate> authorities, @Nullable Path crlfile, boolean datesCount)
            throws TlsFileException {
        try {
            PKIXBuilderParameters parameters =
                    Roots.of(authorities).parameters(datesCount ? UnaryOperator.identity() : DatelessCertificate::new);
            if (crlfile != null) {
                watchRevocations(parameters, revocations(crlfile));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            X509ExtendedTrustManager trust =
                    new NamedIssuers((X509ExtendedTrustManager) factory.getTrustManagers()[0], authorities);
            return datesCount ? trust : new DatelessTrust(trust);
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
}
