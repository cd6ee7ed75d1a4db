// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A client's TLS over sockets that block, by the JDK: for programs that have one connection and no event loop. Immutable; any
 * thread.
 */
public final class SocketTls {
    private final SSLContext context;
    private final SocketTlsSettings settings;
    private final @Nullable List<String> ciphers;

    private SocketTls(SSLContext context, SocketTlsSettings settings, @Nullable List<String> ciphers) {
        this.context = context;
        this.settings = settings;
        this.ciphers = ciphers;
    }

    /**
     * Reads the files and builds what handshakes need; blocks.
     *
     * @throws TlsFileException when anything of it cannot be used
     */
    public static SocketTls load(SocketTlsSettings settings) throws TlsFileException {
        List<String> ciphers = Ciphers.of(settings.ciphers(), TlsEngine.JDK);
        TrustManager[] trust = trust(settings.trust());
        KeyManager[] keys = keys(settings.identity());
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return new SocketTls(context, settings, ciphers);
        } catch (GeneralSecurityException e) {
            throw new TlsFileException("Error: Unable to set up TLS. %s.".formatted(e.getMessage()), e);
        }
    }

    private static TrustManager @Nullable [] trust(SocketTlsSettings.Trust trust) throws TlsFileException {
        Set<X509Certificate> authorities = new LinkedHashSet<>(Authorities.load(trust.cafile(), trust.capath()));
        if (trust.system()) {
            authorities.addAll(SystemAuthorities.load());
        }
        if (!authorities.isEmpty()) {
            return new TrustManager[] {PathTrust.of(List.copyOf(authorities), null, true)};
        }
        if (trust.system()) {
            return null; // the JDK has authorities of its own
        }
        throw new TlsFileException("Error: TLS needs cafile, capath or the authorities of the system.");
    }

    private static KeyManager @Nullable [] keys(SocketTlsSettings.@Nullable Identity identity) throws TlsFileException {
        if (identity == null) {
            return null;
        }
        List<X509Certificate> chain = chain(identity.certfile());
        PrivateKey key = key(identity.keyfile(), identity.password());
        if (!ServerIdentity.fit(key, chain.get(0).getPublicKey())) {
            throw new TlsFileException("Error: Client certificate/key are inconsistent. Check \"%s\" and \"%s\"."
                    .formatted(identity.certfile(), identity.keyfile()));
        }
        return new KeyManager[] {new OneKey(key, chain)};
    }

    private static List<X509Certificate> chain(Path certfile) throws TlsFileException {
        try {
            List<X509Certificate> chain = PemFile.read(certfile).certificates();
            if (chain.isEmpty()) {
                throw new IOException("There is no certificate in it");
            }
            return chain;
        } catch (IOException e) {
            throw new TlsFileException(
                    "Error: Unable to load client certificate \"%s\". %s.".formatted(certfile, e.getMessage()), e);
        }
    }

    private static PrivateKey key(Path keyfile, KeyPassword password) throws TlsFileException {
        try {
            return PemFile.read(keyfile).privateKey(() -> password.of(keyfile));
        } catch (IOException e) {
            throw new TlsFileException(
                    "Error: Unable to load client key file \"%s\". %s.".formatted(keyfile, e.getMessage()), e);
        }
    }

    /**
     * Shakes hands over a connected socket, which then belongs to the new one; blocks.
     *
     * @param host how the server was called, which its certificate has to confirm
     * @throws IOException when the two do not come together
     */
    public SSLSocket over(Socket plain, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(protocols());
        if (ciphers != null) {
            parameters.setCipherSuites(supported(socket, ciphers));
        }
        if (settings.trust().namesCount()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        parameters.setApplicationProtocols(settings.applications().toArray(String[]::new));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private String[] protocols() {
        return settings.ciphers().lowest().andAbove().toArray(String[]::new);
    }

    private static String[] supported(SSLSocket socket, List<String> wanted) {
        List<String> names = new ArrayList<>(wanted);
        names.retainAll(List.of(socket.getSupportedCipherSuites()));
        return names.toArray(String[]::new);
    }
}
