// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's check of a server's certificate, which when it fails says what is missing, and where it was looked for. */
final class ServerTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager trust;
    private final Roots authorities;
    private final ClientTlsSettings.Trusted places;

    private ServerTrust(X509ExtendedTrustManager trust, Roots authorities, ClientTlsSettings.Trusted places) {
        this.trust = trust;
        this.authorities = authorities;
        this.places = places;
    }

    /**
     * Believes these authorities.
     *
     * @param places where they were read, for the reason of a failure
     * @throws TlsFileException when there are none
     */
    static ServerTrust of(
            List<X509Certificate> authorities, ClientTlsSettings.Trusted places, ClientTlsSettings.Check check)
            throws TlsFileException {
        try {
            Roots roots = Roots.of(authorities);
            PKIXBuilderParameters parameters = roots.parameters(UnaryOperator.identity());
            if (check.ocsp()) {
                PKIXRevocationChecker checker = (PKIXRevocationChecker)
                        CertPathBuilder.getInstance("PKIX").getRevocationChecker();
                checker.setOptions(EnumSet.of(
                        PKIXRevocationChecker.Option.ONLY_END_ENTITY, PKIXRevocationChecker.Option.NO_FALLBACK));
                parameters.addCertPathChecker(checker);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            return new ServerTrust((X509ExtendedTrustManager) factory.getTrustManagers()[0], roots, places);
        } catch (GeneralSecurityException e) {
            throw new TlsFileException(
                    "Error: Unable to use the CA certificates of %s. %s.".formatted(places.describe(), e.getMessage()),
                    e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        try {
            trust.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw explained(chain, e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        try {
            trust.checkServerTrusted(chain, authType, socket);
        } catch (CertificateException e) {
            throw explained(chain, e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        try {
            trust.checkServerTrusted(chain, authType);
        } catch (CertificateException e) {
            throw explained(chain, e);
        }
    }

    private CertificateException explained(X509Certificate[] chain, CertificateException cause) {
        X509Certificate top = authorities.top(chain[chain.length - 1]);
        String read = "%d CA certificates were read from %s"
                .formatted(authorities.all().size(), places.describe());
        String reason = isKnown(chain)
                ? Objects.toString(deepest(cause).getMessage(), "the path is not valid") + " (" + read + ")"
                : "its issuer \"%s\" is missing: %s, and it is not among them"
                        .formatted(top.getIssuerX500Principal().getName(), read);
        return new CertificateException(
                "the certificate of \"%s\" cannot be verified: %s"
                        .formatted(chain[0].getSubjectX500Principal().getName(), reason),
                cause);
    }

    /** Whether the chain leads to an authority at all; then something else is wrong with it. */
    private boolean isKnown(X509Certificate[] chain) {
        return Arrays.stream(chain).map(authorities::top).anyMatch(authorities.roots()::contains);
    }

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("not a server");
    }
}
