// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit.pki;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.util.io.pem.PemGenerationException;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate with its key. */
public record Issued(X509Certificate certificate, PrivateKey key) {
    /** The certificate as PEM. */
    public String pem() {
        return pem(certificate);
    }

    /** The key as PKCS#8. */
    public String keyPkcs8() {
        try {
            return pem(new JcaPKCS8Generator(key, null));
        } catch (PemGenerationException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key in the older form of its kind: PKCS#1 for RSA, SEC 1 for EC. */
    public String keyTraditional() {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
            if (!(key instanceof ECPrivateKey elliptic)) {
                return pem(new PemObject(
                        "RSA PRIVATE KEY",
                        info.parsePrivateKey().toASN1Primitive().getEncoded()));
            }
            int bits = elliptic.getParams().getOrder().bitLength();
            return pem(new PemObject(
                    "EC PRIVATE KEY",
                    new org.bouncycastle.asn1.sec.ECPrivateKey(
                                    bits,
                                    elliptic.getS(),
                                    info.getPrivateKeyAlgorithm().getParameters())
                            .getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes certificate, what stands above it, and key (only its owner may read it) into {@code name.crt}, {@code name.key}. */
    public Issued write(Path folder, String name, Issued... above) {
        StringBuilder chain = new StringBuilder(pem());
        for (Issued authority : above) {
            chain.append(authority.pem());
        }
        save(folder.resolve(name + ".crt"), chain.toString());
        save(folder.resolve(name + ".key"), keyPkcs8());
        return this;
    }

    /** Writes a text into a file. */
    public static Path save(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
