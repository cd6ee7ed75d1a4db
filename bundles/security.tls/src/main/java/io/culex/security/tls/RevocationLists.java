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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

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
    private final List<X509Certificate> authorities;

    /** Those of the lists that an authority has signed: to look at the signature of a long list takes time. */
    private final Set<X509CRL> signed = Collections.newSetFromMap(new IdentityHashMap<>());

    RevocationLists(List<X509CRL> lists, List<X509Certificate> authorities) {
        this.lists = lists;
        this.authorities = List.copyOf(authorities);
        lists.stream().filter(list -> isSigned(list, authorities)).forEach(signed::add);
    }

    /**
     * Reads them, and looks at their signatures; blocks.
     *
     * @param authorities one of these, or of what a client sends, must have signed the list that is asked
     * @throws TlsFileException when they cannot be used
     */
    static RevocationLists read(Path crlfile, List<X509Certificate> authorities) throws TlsFileException {
        try {
            List<X509CRL> lists = PemFile.read(crlfile).revocations();
            if (lists.isEmpty()) {
                throw new IOException("There is no revocation list in it");
            }
            return new RevocationLists(lists, authorities);
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
     * @throws CertificateException when the certificate is revoked, or no current list is of its issuer
     */
    void check(X509Certificate[] chain) throws CertificateException {
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
        if (usable.stream().noneMatch(signed::contains)) {
            // A stranger's word for who has issued its certificate is not enough to look at a list's signature.
            List<X509Certificate> issuers = issuers(chain);
            if (usable.stream().noneMatch(list -> isSigned(list, issuers))) {
                throw new CertificateException("crlfile has no current list that its issuer has signed");
            }
        }
    }

    /**
     * Those of the certificates that came with the client's own which have issued it and lead to an authority. They may come in any
     * order, and with others that lead nowhere (RFC 8446, section 4.4.2). The search begins at the authorities, so that no key is used
     * that nobody vouches for.
     */
    private List<X509Certificate> issuers(X509Certificate[] chain) {
        List<X509Certificate> sent = new ArrayList<>(Arrays.asList(chain).subList(1, Math.min(chain.length, LONGEST)));
        List<X509Certificate> issuers = new ArrayList<>();
        List<X509Certificate> above = authorities;
        while (!above.isEmpty()) {
            List<X509Certificate> known = above;
            above = sent.stream()
                    .filter(each -> known.stream().anyMatch(authority -> Roots.hasIssued(authority, each)))
                    .toList();
            sent.removeAll(above);
            above.stream().filter(each -> Roots.hasIssued(each, chain[0])).forEach(issuers::add);
        }
        return issuers;
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
