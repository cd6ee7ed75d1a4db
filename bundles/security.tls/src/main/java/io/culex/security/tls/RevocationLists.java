// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.IOException;
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
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;

/** Revocation lists for the clients' own certificates. Immutable; any thread. */
final class RevocationLists {
    /** How much clocks may differ, as for the JDK. */
    private static final Duration SKEW = Duration.ofMinutes(15);

    private final List<X509CRL> lists;

    private RevocationLists(List<X509CRL> lists) {
        this.lists = lists;
    }

    /**
     * Reads them; blocks.
     *
     * @throws TlsFileException when they cannot be used
     */
    static RevocationLists read(Path crlfile) throws TlsFileException {
        try {
            List<X509CRL> lists = PemFile.read(crlfile).revocations();
            if (lists.isEmpty()) {
                throw new IOException("There is no revocation list in it");
            }
            return new RevocationLists(lists);
        } catch (IOException e) {
            throw new TlsFileException(
                    "Error: Unable to load certificate revocation file \"%s\". Check crlfile. %s."
                            .formatted(crlfile, e.getMessage()),
                    e);
        }
    }

    /** Has the JDK look at them, and at their signatures, when it validates a path. */
    void watch(PKIXBuilderParameters parameters) throws GeneralSecurityException {
        PKIXRevocationChecker checker =
                (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
        checker.setOptions(EnumSet.of(
                PKIXRevocationChecker.Option.ONLY_END_ENTITY,
                PKIXRevocationChecker.Option.PREFER_CRLS,
                PKIXRevocationChecker.Option.NO_FALLBACK));
        parameters.addCertPathChecker(checker);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
    }

    /**
     * Refuses what the lists do not vouch for, before the JDK sees it: where no list is of the issuer the JDK would fetch one from
     * where the certificate says, on the event loop, and one that calls itself an authority it does not look up at all.
     *
     * @throws CertificateException when the certificate is revoked, or no current list is of its issuer
     */
    void check(X509Certificate certificate) throws CertificateException {
        Instant now = Instant.now();
        List<X509CRL> current = lists.stream()
                .filter(list -> list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(list -> isCurrent(list, now))
                .toList();
        if (current.isEmpty()) {
            throw new CertificateException("crlfile has no current list of its issuer");
        }
        if (current.stream().anyMatch(list -> list.getRevokedCertificate(certificate) != null)) {
            throw new CertificateException("The certificate is revoked");
        }
    }

    private static boolean isCurrent(X509CRL list, Instant now) {
        return list.getNextUpdate() != null
                && !now.minus(SKEW).isAfter(list.getNextUpdate().toInstant())
                && !now.plus(SKEW).isBefore(list.getThisUpdate().toInstant());
    }
}
