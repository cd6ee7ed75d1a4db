// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509Certificate;
import java.util.Arrays;
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
    private final @Nullable RevocationLists lists;

    private PathTrust(
            X509ExtendedTrustManager trust,
            List<X509Certificate> authorities,
            UnaryOperator<X509Certificate> seen,
            @Nullable RevocationLists lists) {
        this.trust = trust;
        this.authorities = authorities;
        this.seen = seen;
        this.lists = lists;
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
            RevocationLists lists = crlfile == null ? null : RevocationLists.read(crlfile, authorities);
            if (lists != null) {
                lists.watch(parameters);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            return new PathTrust(
                    (X509ExtendedTrustManager) factory.getTrustManagers()[0], List.copyOf(authorities), seen, lists);
        } catch (GeneralSecurityException e) {
            throw new TlsFileException("Error: Unable to use the CA certificates. %s.".formatted(e.getMessage()), e);
        }
    }

    private X509Certificate[] seen(X509Certificate[] chain) {
        return Arrays.stream(chain).map(seen).toArray(X509Certificate[]::new);
    }

    /** The same of a client, whose own certificate the lists speak of. */
    private X509Certificate[] seenOfClient(X509Certificate[] chain) throws CertificateException {
        if (lists != null) {
            lists.check(chain);
        }
        return seen(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkClientTrusted(seenOfClient(chain), authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        trust.checkClientTrusted(seenOfClient(chain), authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        trust.checkClientTrusted(seenOfClient(chain), authType, engine);
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
