// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.real;

import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Connections of the JDK's TLS; they trust one authority. */
public final class TlsClients {
    private static final char[] NONE = new char[0];

    private final SSLContext context;

    /** With as many certificates of its own as are given: none or one. */
    public TlsClients(Authority trusted, Issued... mine) {
        try {
            KeyStore authorities = empty();
            authorities.setCertificateEntry("root", trusted.own().certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(authorities);
            KeyStore keys = empty();
            for (Issued own : mine) {
                keys.setKeyEntry("own", own.key(), NONE, new Certificate[] {own.certificate()});
            }
            KeyManagerFactory key = KeyManagerFactory.getInstance("PKIX");
            key.init(keys, NONE);
            context = SSLContext.getInstance("TLS");
            context.init(key.getKeyManagers(), trust.getTrustManagers(), null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NONE);
        return store;
    }

    /** Connects and shakes hands. */
    public SSLSocket open(InetSocketAddress address) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
        socket.connect(address);
        socket.setTcpNoDelay(true);
        socket.startHandshake();
        return socket;
    }

    /** The certificate that the server shows now. */
    public X509Certificate certificate(InetSocketAddress address) throws IOException {
        try (SSLSocket socket = open(address)) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
