// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.X509TrustedCertificateBlock;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/** The objects in one PEM file, in its order; text around them is passed over. Immutable. */
final class PemFile {
    private static final long LARGEST = 64L << 20;

    private final List<Object> objects;

    private PemFile(List<Object> objects) {
        this.objects = objects;
    }

    /**
     * Reads a file; blocks.
     *
     * @throws IOException when it cannot be read, or is no PEM, with the reason as the message
     */
    static PemFile read(Path file) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException("Is a directory");
            }
            if (Files.size(file) > LARGEST) {
                throw new IOException("File too large");
            }
            return parse(new StringReader(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new IOException(TlsFileException.reason(e), e);
        }
    }

    /** Passes over what is none of ours, as OpenSSL does: the parameters of Diffie and Hellman often lie in the same file. */
    private static final class KnownObjects extends PEMParser {
        KnownObjects(Reader text) {
            super(text);
        }

        @Override
        public @Nullable PemObject readPemObject() throws IOException {
            PemObject next = super.readPemObject();
            while (next != null && !getSupportedTypes().contains(next.getType())) {
                next = super.readPemObject();
            }
            return next;
        }
    }

    private static PemFile parse(Reader text) throws IOException {
        List<Object> objects = new ArrayList<>();
        try (PEMParser parser = new KnownObjects(text)) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                objects.add(next);
            }
        } catch (PEMException | RuntimeException e) {
            throw new IOException("Not a valid PEM file", e);
        }
        return new PemFile(objects);
    }

    /** Its certificates, which may be none. */
    List<X509Certificate> certificates() throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        for (Object object : objects) {
            if (object instanceof X509CertificateHolder holder) {
                found.add(certificate(holder.getEncoded()));
            } else if (object instanceof X509TrustedCertificateBlock trusted) {
                found.add(certificate(trusted.getCertificateHolder().getEncoded()));
            }
        }
        return found;
    }

    /** Its revocation lists, which may be none. */
    List<X509CRL> revocations() throws IOException {
        List<X509CRL> found = new ArrayList<>();
        for (Object object : objects) {
            if (object instanceof X509CRLHolder holder) {
                try {
                    found.add((X509CRL) x509().generateCRL(new ByteArrayInputStream(holder.getEncoded())));
                } catch (GeneralSecurityException e) {
                    throw new IOException("Not a valid revocation list", e);
                }
            }
        }
        return found;
    }

    /** Its first private key, which nobody can be asked the password of. */
    PrivateKey privateKey() throws IOException {
        return privateKey(() -> {
            throw new IOException("The key is encrypted and the broker has nobody to ask for the password");
        });
    }

    /** Its first private key; the password is asked when it is encrypted. */
    PrivateKey privateKey(EncryptedKey.Password password) throws IOException {
        for (Object object : objects) {
            if (object instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
                return key(EncryptedKey.decrypt(encrypted, password));
            }
            if (object instanceof PEMEncryptedKeyPair encrypted) {
                return key(EncryptedKey.decrypt(encrypted, password));
            }
            if (object instanceof PrivateKeyInfo key) {
                return key(key);
            }
            if (object instanceof PEMKeyPair pair) {
                return key(pair.getPrivateKeyInfo());
            }
        }
        throw new IOException("There is no private key in it");
    }

    private static PrivateKey key(PrivateKeyInfo key) throws IOException {
        try {
            return new JcaPEMKeyConverter().getPrivateKey(key);
        } catch (IOException e) {
            throw new IOException("The kind of key is not supported", e);
        }
    }

    private static X509Certificate certificate(byte[] encoded) throws IOException {
        try {
            return (X509Certificate) x509().generateCertificate(new ByteArrayInputStream(encoded));
        } catch (GeneralSecurityException e) {
            throw new IOException("Not a valid certificate", e);
        }
    }

    private static CertificateFactory x509() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509");
    }
}
