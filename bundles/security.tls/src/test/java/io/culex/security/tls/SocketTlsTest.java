// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.io.IOException;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptor;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketTlsTest {
    private final Path folder;
    private final Authority authority = Authority.root("here");
    private final Issued server = authority.server();

    SocketTlsTest(@TempDir Path folder) {
        this.folder = folder;
        Issued.save(folder.resolve("ca.crt"), authority.own().pem());
        Issued.save(
                folder.resolve("other.crt"), Authority.root("elsewhere").own().pem());
        authority.client("CN=bob").write(folder, "bob");
        Authority.root("elsewhere").client("CN=eve").write(folder, "eve");
    }

    /** Sends one byte, and tells protocol, cipher, ALPN and the client's name. */
    private SocketPair server(String... protocols) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", server.key(), new char[0], new Certificate[] {server.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                keys.getKeyManagers(),
                new TrustManager[] {PathTrust.of(List.of(authority.own().certificate()), null, true)},
                null);
        return new SocketPair(plain -> {
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
            socket.setUseClientMode(false);
            socket.setWantClientAuth(true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"mqtt"});
            socket.setSSLParameters(parameters);
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            socket.startHandshake();
            socket.getOutputStream().write(1);
            return socket.getSession().getProtocol() + " " + socket.getSession().getCipherSuite() + " "
                    + socket.getApplicationProtocol() + " " + peer(socket);
        });
    }

    private static String peer(SSLSocket socket) {
        try {
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
            return "nobody";
        }
    }

    private SocketTlsSettings.Trust trust(@Nullable String file, boolean namesCount) {
        return new SocketTlsSettings.Trust(file == null ? null : folder.resolve(file), null, false, namesCount);
    }

    private SocketTlsSettings settings(SocketTlsSettings.Trust trust) {
        return new SocketTlsSettings(trust, null, CipherChoice.DEFAULTS, List.of());
    }

    private SocketTlsSettings as(String name, KeyPassword password) {
        return new SocketTlsSettings(
                trust("ca.crt", true),
                new SocketTlsSettings.Identity(folder.resolve(name + ".crt"), folder.resolve(name + ".key"), password),
                CipherChoice.DEFAULTS,
                List.of("mqtt"));
    }

    private static int read(SocketPair pair, SocketTlsSettings settings, String host) throws Exception {
        try (Socket plain = pair.connect();
                SSLSocket socket = SocketTls.load(settings).over(plain, host, pair.port())) {
            return socket.getInputStream().read();
        }
    }

    @Test
    void believesItsAuthorityAndTheNameOfTheHost() throws Exception {
        for (String host : List.of("localhost", "127.0.0.1")) {
            try (SocketPair pair = server()) {
                assertEquals(1, read(pair, settings(trust("ca.crt", true)), host));
                assertTrue(pair.told().startsWith("TLSv1.3 "), pair.told());
                assertTrue(pair.told().endsWith(" nobody"), pair.told());
            }
        }
        try (SocketPair pair = server()) {
            SocketTlsSettings.Trust byFolder = new SocketTlsSettings.Trust(null, folder, false, true);
            assertEquals(1, read(pair, settings(byFolder), "localhost"));
        }
    }

    @Test
    void doesNotBelieveOthers() throws Exception {
        try (SocketPair pair = server()) {
            assertThrows(IOException.class, () -> read(pair, settings(trust("other.crt", false)), "localhost"));
        }
        try (SocketPair pair = server()) {
            IOException e = assertThrows(
                    IOException.class, () -> read(pair, settings(trust("ca.crt", true)), "broker.example"));
            assertTrue(String.valueOf(e.getMessage()).contains("broker.example"), e::toString);
        }
        try (SocketPair pair = server()) {
            assertEquals(1, read(pair, settings(trust("ca.crt", false)), "broker.example"));
        }
    }

    @Test
    void showsItsCertificate() throws Exception {
        try (SocketPair pair = server()) {
            assertEquals(1, read(pair, as("bob", file -> new char[0]), "localhost"));
            assertTrue(pair.told().endsWith(" mqtt CN=bob"), pair.told());
        }
    }

    @Test
    void showsItAlsoToAServerOfOthersWhichThenNamesTheReason() throws Exception {
        try (SocketPair pair = server("TLSv1.2")) {
            assertThrows(IOException.class, () -> read(pair, as("eve", file -> new char[0]), "localhost"));
            assertTrue(pair.told().contains("PKIX path"), pair.told());
        }
    }

    @Test
    void asksForThePasswordOfItsKey() throws Exception {
        Issued bob = authority.client("CN=bob");
        bob.write(folder, "locked");
        OutputEncryptor encryptor = new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                .setProvider(new BouncyCastleProvider())
                .setPassword("open".toCharArray())
                .build();
        save("locked.key", new JcaPKCS8Generator(bob.key(), encryptor));

        try (SocketPair pair = server()) {
            assertEquals(1, read(pair, as("locked", file -> "open".toCharArray()), "localhost"));
            assertTrue(pair.told().endsWith(" CN=bob"), pair.told());
        }
        assertRefused(
                "Error: Unable to load client key file \"" + folder.resolve("locked.key")
                        + "\". The password of the key is wrong.",
                as("locked", file -> "shut".toCharArray()));
    }

    @Test
    void opensKeysOfTheOlderFormToo() throws Exception {
        authority.client("CN=bob").write(folder, "old");
        PEMEncryptor encryptor = new JcePEMEncryptorBuilder("AES-256-CBC")
                .setProvider(new BouncyCastleProvider())
                .build("open".toCharArray());
        save("old.key", new JcaMiscPEMGenerator(Authority.rsa().getPrivate(), encryptor));

        assertRefused(
                "Error: Client certificate/key are inconsistent. Check \"" + folder.resolve("old.crt") + "\" and \""
                        + folder.resolve("old.key") + "\".",
                as("old", file -> "open".toCharArray()));
        assertRefused(
                "Error: Unable to load client key file \"" + folder.resolve("old.key")
                        + "\". The password of the key is wrong.",
                as("old", file -> "shut".toCharArray()));
    }

    private void save(String name, PemObjectGenerator object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        Issued.save(folder.resolve(name), text.toString());
    }

    @Test
    void keepsToVersionsAndCiphers() throws Exception {
        CipherChoice choice = new CipherChoice("ECDHE-ECDSA-AES128-GCM-SHA256", null, TlsVersion.TLS_1_2);
        SocketTlsSettings settings = new SocketTlsSettings(trust("ca.crt", true), null, choice, List.of());
        try (SocketPair pair = server("TLSv1.2")) {
            assertEquals(1, read(pair, settings, "localhost"));
            assertTrue(pair.told().startsWith("TLSv1.2 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 "), pair.told());
        }
        SocketTlsSettings newest = new SocketTlsSettings(
                trust("ca.crt", true), null, new CipherChoice(null, null, TlsVersion.TLS_1_3), List.of());
        try (SocketPair pair = server("TLSv1.2")) {
            assertThrows(IOException.class, () -> read(pair, newest, "localhost"));
        }
    }

    @Test
    void saysWhatCannotBeUsed() {
        assertRefused("Error: TLS needs cafile, capath or the authorities of the system.", settings(trust(null, true)));
        assertRefused(
                "Error: Unable to load CA certificates. Check cafile \"" + folder.resolve("none")
                        + "\". No such file or directory.",
                settings(trust("none", true)));
        assertRefused(
                "Error: Unable to load client certificate \"" + folder.resolve("none.crt")
                        + "\". No such file or directory.",
                as("none", file -> new char[0]));
        authority.client("CN=x").write(folder, "mixed");
        Issued.save(folder.resolve("mixed.key"), authority.client("CN=y").keyPkcs8());
        assertRefused(
                "Error: Client certificate/key are inconsistent. Check \"" + folder.resolve("mixed.crt") + "\" and \""
                        + folder.resolve("mixed.key") + "\".",
                as("mixed", file -> new char[0]));
    }

    private static void assertRefused(String message, SocketTlsSettings settings) {
        assertEquals(
                message,
                assertThrows(TlsFileException.class, () -> SocketTls.load(settings))
                        .getMessage());
    }
}
