// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Who the server is: its key, and its certificate with those that lead to an authority.
 *
 * @param key the private key that fits the first certificate
 * @param chain the server's certificate first, without the root
 */
public record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {
    private static final Map<String, String> PROOFS = Map.of("EC", "SHA256withECDSA", "DSA", "SHA256withDSA");
    private static final byte[] PROBE = {'c', 'u', 'l', 'e', 'x'};

    public ServerIdentity {
        chain = List.copyOf(chain);
    }

    /** The server's own certificate. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * Its key for TLS by the JDK: for servers that are not Netty's.
     *
     * @throws GeneralSecurityException when the JDK cannot use the key
     */
    public X509ExtendedKeyManager keyManager() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] none = new char[0];
        try {
            store.load(null, none);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        store.setKeyEntry("server", key, none, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, none);
        return (X509ExtendedKeyManager) keys.getKeyManagers()[0];
    }

    /**
     * Reads key and certificates; blocks.
     *
     * @throws TlsFileException when one cannot be used, or they do not fit each other
     */
    public static ServerIdentity load(Path certfile, Path keyfile) throws TlsFileException {
        return load(certfile, keyfile, List.of());
    }

    /**
     * Reads key and certificates. A certificate file that holds the server's own alone is completed from the authorities, as
     * OpenSSL does it.
     *
     * @throws TlsFileException when one cannot be used, or they do not fit each other
     */
    static ServerIdentity load(Path certfile, Path keyfile, List<X509Certificate> authorities) throws TlsFileException {
        List<X509Certificate> chain = certificates(certfile);
        PrivateKey key = key(keyfile);
        if (!fit(key, chain.get(0).getPublicKey())) {
            throw new TlsFileException(
                    "Error: Server certificate/key are inconsistent. Check certfile \"%s\" and keyfile \"%s\"."
                            .formatted(certfile, keyfile));
        }
        return new ServerIdentity(key, complete(chain, authorities));
    }

    private static List<X509Certificate> certificates(Path certfile) throws TlsFileException {
        try {
            List<X509Certificate> chain = PemFile.read(certfile).certificates();
            if (chain.isEmpty()) {
                throw new IOException("There is no certificate in it");
            }
            return chain;
        } catch (IOException e) {
            throw new TlsFileException(
                    "Error: Unable to load server certificate \"%s\". Check certfile. %s."
                            .formatted(certfile, e.getMessage()),
                    e);
        }
    }

    private static PrivateKey key(Path keyfile) throws TlsFileException {
        try {
            return PemFile.read(keyfile).privateKey();
        } catch (IOException e) {
            throw new TlsFileException(
                    "Error: Unable to load server key file \"%s\". Check keyfile. %s."
                            .formatted(keyfile, e.getMessage()),
                    e);
        }
    }

    /** What the key signs, the certificate must verify; RSA says it by its modulus, whatever its padding is restricted to. */
    static boolean fit(PrivateKey key, PublicKey certified) {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            return false;
        }
        if (key instanceof RSAKey own && certified instanceof RSAKey other) {
            return own.getModulus().equals(other.getModulus());
        }
        try {
            Signature signature = Signature.getInstance(PROOFS.getOrDefault(key.getAlgorithm(), key.getAlgorithm()));
            signature.initSign(key);
            signature.update(PROBE);
            byte[] proof = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(proof);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static List<X509Certificate> complete(List<X509Certificate> given, List<X509Certificate> authorities) {
        List<X509Certificate> chain = new ArrayList<>(given);
        Optional<X509Certificate> issuer = issuer(chain, authorities);
        while (issuer.isPresent() && !isSelfIssued(issuer.get())) {
            chain.add(issuer.get());
            issuer = issuer(chain, authorities);
        }
        return chain;
    }

    private static Optional<X509Certificate> issuer(List<X509Certificate> chain, List<X509Certificate> authorities) {
        X509Certificate last = chain.get(chain.size() - 1);
        if (isSelfIssued(last)) {
            return Optional.empty();
        }
        return authorities.stream()
                .filter(authority -> !chain.contains(authority) && hasIssued(authority, last))
                .findFirst();
    }

    private static boolean hasIssued(X509Certificate authority, X509Certificate issued) {
        if (!authority.getSubjectX500Principal().equals(issued.getIssuerX500Principal())) {
            return false;
        }
        try {
            issued.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
