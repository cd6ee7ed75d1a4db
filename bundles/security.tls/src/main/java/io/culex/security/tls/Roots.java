// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Where a path of certificates ends, as in OpenSSL: at an authority that has signed itself. The others that were given only help to get
 * there; believed by themselves, they would be free of what those above them allow.
 *
 * @param roots have signed themselves
 * @param others have not
 */
record Roots(List<X509Certificate> roots, List<X509Certificate> others) {
    static Roots of(List<X509Certificate> authorities) {
        return new Roots(
                authorities.stream().filter(Roots::isRoot).toList(),
                authorities.stream().filter(authority -> !isRoot(authority)).toList());
    }

    private static boolean isRoot(X509Certificate authority) {
        return hasIssued(authority, authority);
    }

    static boolean hasIssued(X509Certificate authority, X509Certificate issued) {
        if (!authority.getSubjectX500Principal().equals(issued.getIssuerX500Principal())) {
            return false;
        }
        try {
            issued.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    /** All of them, roots first. */
    List<X509Certificate> all() {
        List<X509Certificate> all = new ArrayList<>(roots);
        all.addAll(others);
        return List.copyOf(all);
    }

    /** The last certificate above this one that was given; itself when there is none. */
    X509Certificate top(X509Certificate certificate) {
        X509Certificate top = certificate;
        for (int steps = others.size() + 1; steps > 0 && !roots.contains(top); steps--) {
            X509Certificate below = top;
            top = all().stream()
                    .filter(authority -> hasIssued(authority, below))
                    .findFirst()
                    .orElse(below);
        }
        return top;
    }

    /**
     * For the JDK's path validation, without revocation.
     *
     * @param seen makes of each of the others what the validation sees of it
     */
    PKIXBuilderParameters parameters(UnaryOperator<X509Certificate> seen) throws GeneralSecurityException {
        if (roots.isEmpty()) {
            throw new CertificateException("None of them is a root, one that has signed itself");
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(
                roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()),
                new X509CertSelector());
        parameters.setRevocationEnabled(false);
        parameters.addCertStore(CertStore.getInstance(
                "Collection",
                new CollectionCertStoreParameters(others.stream().map(seen).toList())));
        return parameters;
    }
}
