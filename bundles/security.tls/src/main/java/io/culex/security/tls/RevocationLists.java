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

    /** The place in a key usage that permits to sign lists (RFC 5280, section 4.2.1.3). */
    private static final int CRL_SIGN = 6;

    /** The extension of a list that says only what has changed since another one. */
    private static final String DELTA = "2.5.29.27";

    /** Of a client's chain. */
    private static final int LONGEST = 10;

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
     * Refuses what the lists do not vouch for, before the JDK sees it: where no list that it takes is of the issuer the JDK would fetch
     * one from where the certificate says, on the event loop, and one that calls itself an authority it does not look up at all.
     *
     * @param chain the certificate, and what was sent with it
     * @param authorities one of these, or of what was sent, must have signed the list
     * @throws CertificateException when the certificate is revoked, or no current list is of its issuer
     */
    void check(X509Certificate[] chain, List<X509Certificate> authorities) throws CertificateException {
        X509Certificate certificate = chain[0];
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
        List<X509CRL> usable =
                current.stream().filter(RevocationLists::isUsable).toList();
        boolean known = usable.stream().anyMatch(list -> isSigned(list, authorities));
        // To look at the signature of a long list takes time, which nobody is given by the word of a stranger.
        if (!known
                && !(isKnown(chain, authorities) && usable.stream().anyMatch(list -> isSigned(list, above(chain))))) {
            throw new CertificateException("crlfile has no current list that its issuer has signed");
        }
    }

    private static List<X509Certificate> above(X509Certificate[] chain) {
        return chain.length > 1 ? List.of(chain[1]) : List.of();
    }

    /** Whether the certificates that came with the client's lead, one by one, to an authority. */
    private static boolean isKnown(X509Certificate[] chain, List<X509Certificate> authorities) {
        for (int i = 1; i < Math.min(chain.length, LONGEST); i++) {
            X509Certificate issuer = chain[i];
            if (!Roots.hasIssued(issuer, chain[i - 1])) {
                return false;
            }
            if (authorities.stream().anyMatch(authority -> Roots.hasIssued(authority, issuer))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUsable(X509CRL list) {
        return !list.hasUnsupportedCriticalExtension() && list.getExtensionValue(DELTA) == null;
    }

    private static boolean isSigned(X509CRL list, List<X509Certificate> issuers) {
        return issuers.stream()
                .filter(issuer -> issuer.getSubjectX500Principal().equals(list.getIssuerX500Principal()))
                .filter(RevocationLists::signsLists)
                .anyMatch(issuer -> hasSigned(issuer, list));
    }

    private static boolean signsLists(X509Certificate issuer) {
        boolean[] usage = issuer.getKeyUsage();
        return usage == null || usage[CRL_SIGN];
    }

    /** The JDK remembers the key that it was right with: to look again in each handshake would take long. */
    private static boolean hasSigned(X509Certificate issuer, X509CRL list) {
        try {
            list.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static boolean isCurrent(X509CRL list, Instant now) {
        return list.getNextUpdate() != null
                && !now.minus(SKEW).isAfter(list.getNextUpdate().toInstant())
                && !now.plus(SKEW).isBefore(list.getThisUpdate().toInstant());
    }
}
