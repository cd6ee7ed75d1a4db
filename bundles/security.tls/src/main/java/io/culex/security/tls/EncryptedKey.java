// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/** Private keys under a password, in both forms of OpenSSL. Stateless. */
final class EncryptedKey {
    private static final String WRONG = "The password of the key is wrong";

    private EncryptedKey() {}

    /** Knows the password. */
    interface Password {
        char[] get() throws IOException;
    }

    /** PKCS#8. */
    static PrivateKeyInfo decrypt(PKCS8EncryptedPrivateKeyInfo key, Password password) throws IOException {
        char[] secret = password.get();
        try {
            return key.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(secret));
        } catch (PKCSException | OperatorCreationException e) {
            throw new IOException(WRONG, e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /** The older form, in which the head of the PEM names the cipher. */
    static PrivateKeyInfo decrypt(PEMEncryptedKeyPair key, Password password) throws IOException {
        char[] secret = password.get();
        try {
            return key.decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                            .setProvider(new BouncyCastleProvider())
                            .build(secret))
                    .getPrivateKeyInfo();
        } catch (IOException e) {
            throw new IOException(WRONG, e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }
}
