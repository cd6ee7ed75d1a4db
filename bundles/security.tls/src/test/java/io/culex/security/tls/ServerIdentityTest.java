// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIdentityTest {
    private final Authority root = Authority.root("Root");
    private final Authority middle = root.intermediate("Middle");

    private final Path folder;

    ServerIdentityTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void readsEveryFormOfKey() throws Exception {
        for (Issued issued : List.of(middle.server(), middle.server(Authority.rsa(), Authority.Validity.now()))) {
            for (String key : List.of(issued.keyPkcs8(), issued.keyTraditional())) {
                ServerIdentity identity = load(issued.pem(), key);
                assertEquals(issued.key().getAlgorithm(), identity.key().getAlgorithm());
                assertEquals(List.of(issued.certificate()), identity.chain());
            }
        }
    }

    @Test
    void readsAKeyBehindTheParametersOfItsCurve() throws Exception {
        Issued issued = middle.server();
        String parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        ServerIdentity identity = load(issued.pem(), parameters + issued.keyTraditional());
        assertEquals("EC", identity.key().getAlgorithm());
    }

    @Test
    void passesOverWhatIsNeitherKeyNorCertificate() throws Exception {
        Issued issued = middle.server();
        String group = "-----BEGIN DH PARAMETERS-----\nMAYCARcCAQU=\n-----END DH PARAMETERS-----\n";
        ServerIdentity identity = load(group + issued.pem() + group, group + issued.keyPkcs8());
        assertEquals(List.of(issued.certificate()), identity.chain());
    }

    @Test
    void takesAChainAsItStandsWithTextAround() throws Exception {
        Issued issued = middle.server();
        String chain = "subject=localhost\n" + issued.pem() + "\nissuer\n"
                + middle.own().pem();
        assertEquals(
                List.of(issued.certificate(), middle.own().certificate()),
                load(chain, issued.keyPkcs8()).chain());
    }

    @Test
    void completesALeafFromTheAuthorities() throws Exception {
        Issued issued = middle.server();
        List<X509Certificate> authorities =
                List.of(root.own().certificate(), middle.own().certificate());
        ServerIdentity identity =
                ServerIdentity.load(file("c", issued.pem()), file("k", issued.keyPkcs8()), authorities);
        assertEquals(List.of(issued.certificate(), middle.own().certificate()), identity.chain());
    }

    @Test
    void completesNothingWithAnAuthorityOfTheSameNameAndAnotherKey() throws Exception {
        Issued issued = middle.server();
        List<X509Certificate> impostors =
                List.of(root.intermediate("Middle").own().certificate());
        ServerIdentity identity = ServerIdentity.load(file("c", issued.pem()), file("k", issued.keyPkcs8()), impostors);
        assertEquals(List.of(issued.certificate()), identity.chain());
    }

    @Test
    void refusesAnEncryptedKeyClearly() throws Exception {
        Issued issued = middle.server(Authority.rsa(), Authority.Validity.now());
        String pkcs8 = pem(new JcaPKCS8Generator(
                issued.key(),
                new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                        .setPassword("secret".toCharArray())
                        .setProvider(new BouncyCastleProvider())
                        .setRandom(new SecureRandom())
                        .build()));
        for (String key : List.of(pkcs8, encryptedTraditional(issued.key()))) {
            assertEquals(
                    "Error: Unable to load server key file \"" + folder.resolve("k") + "\". Check keyfile. The key is"
                            + " encrypted and the broker has nobody to ask for the password.",
                    refusal(issued.pem(), key));
        }
    }

    @Test
    void namesFileAndReasonOfWhatItCannotUse() throws Exception {
        Issued issued = middle.server();
        String certfile = "Error: Unable to load server certificate \"" + folder.resolve("c") + "\". Check certfile. ";
        String keyfile = "Error: Unable to load server key file \"" + folder.resolve("k") + "\". Check keyfile. ";
        assertEquals(certfile + "There is no certificate in it.", refusal("", issued.keyPkcs8()));
        assertEquals(
                certfile + "Not a valid PEM file.",
                refusal("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", issued.keyPkcs8()));
        assertEquals(keyfile + "There is no private key in it.", refusal(issued.pem(), issued.pem()));
        Files.delete(folder.resolve("k"));
        assertEquals(
                keyfile + "No such file or directory.",
                assertThrows(
                                TlsFileException.class,
                                () -> ServerIdentity.load(file("c", issued.pem()), folder.resolve("k"), List.of()))
                        .getMessage());
        assertTrue(refusal(issued.pem(), middle.server().keyPkcs8())
                .startsWith("Error: Server certificate/key are inconsistent."));
    }

    private String refusal(String certificate, String key) {
        return String.valueOf(assertThrows(TlsFileException.class, () -> load(certificate, key))
                .getMessage());
    }

    private ServerIdentity load(String certificate, String key) throws TlsFileException {
        return ServerIdentity.load(file("c", certificate), file("k", key), List.of());
    }

    private Path file(String name, String text) {
        return Issued.save(folder.resolve(name), text);
    }

    private static String encryptedTraditional(PrivateKey key) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(
                    key,
                    new JcePEMEncryptorBuilder("AES-128-CBC")
                            .setProvider(new BouncyCastleProvider())
                            .build("secret".toCharArray()));
        }
        return text.toString();
    }

    private static String pem(Object object) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
