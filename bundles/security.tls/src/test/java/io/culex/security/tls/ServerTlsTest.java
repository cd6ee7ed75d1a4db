// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.security.tls.ServerTlsSettings.ClientCheck;
import io.culex.security.tls.ServerTlsSettings.IdentityFiles;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Authority.Validity;
import io.culex.testkit.pki.Issued;
import io.netty.handler.ssl.OpenSsl;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLException;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTlsTest {
    private final Authority root = Authority.root("Root");
    private final Authority middle = root.intermediate("Middle");

    private final Path folder;

    ServerTlsTest(@TempDir Path folder) {
        this.folder = folder;
        middle.server().write(folder, "server");
        Issued.save(folder.resolve("ca.pem"), root.own().pem() + middle.own().pem());
    }

    @Test
    void theNativeLibraryIsThere() {
        assertTrue(OpenSsl.isAvailable(), () -> String.valueOf(OpenSsl.unavailabilityCause()));
        assertEquals(TlsEngine.OPENSSL, TlsEngine.of(CipherChoice.DEFAULTS, List.of()));
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void aClientThatTrustsTheRootAloneVerifiesACompletedChain(TlsEngine engine) throws Exception {
        Handshake handshake = new Handshake(load(engine, null, CipherChoice.DEFAULTS));
        assertEquals("TLSv1.3", handshake.with(root, null).getProtocol());
        assertEquals(2, handshake.clientSession().getPeerCertificates().length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "RSASSA-PSS", "EC", "Ed25519"})
    void servesWithEveryKindOfKey(String algorithm) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        middle.server(keys, Validity.now()).write(folder, "server");
        Handshake handshake = new Handshake(ServerTls.load(settings(null, CipherChoice.DEFAULTS)));
        assertEquals("TLSv1.3", handshake.with(root, null).getProtocol());
        assertEquals(
                keys.getPublic(),
                handshake.clientSession().getPeerCertificates()[0].getPublicKey());
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void asksForACertificateAndChecksIt(TlsEngine engine) throws Exception {
        ServerTls tls = load(engine, new ClientCheck(null, true), CipherChoice.DEFAULTS);
        Issued known = middle.client("CN=device");
        assertEquals(
                known.certificate(),
                new Handshake(tls).with(root, known, middle.own()).getPeerCertificates()[0]);
        assertRefused(tls, null);
        assertRefused(tls, Authority.root("Root").client("CN=device"));
        assertRefused(tls, middle.client(new X500Name("CN=device"), Validity.over()));
        assertRefused(tls, middle.server());
    }

    @Test
    void takesClientsWithEd25519WhereAnAuthorityHasIt() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        X500Name name = new X500Name("CN=Modern");
        Validity validity = Validity.now();
        X509Certificate self = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(validity.from()),
                                Date.from(validity.until()),
                                name,
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder("Ed25519").build(keys.getPrivate())));
        Issued client = new Issued(self, keys.getPrivate());
        Issued.save(folder.resolve("ca.pem"), root.own().pem() + middle.own().pem() + client.pem());
        ServerTls tls = ServerTls.load(settings(new ClientCheck(null, true), CipherChoice.DEFAULTS));
        assertEquals(self, new Handshake(tls).with(root, client).getPeerCertificates()[0]);
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void datesDoNotCountWhereSaidSoAndEverythingElseDoes(TlsEngine engine) throws Exception {
        ServerTls tls = load(engine, new ClientCheck(null, false), CipherChoice.DEFAULTS);
        Issued over = middle.client(new X500Name("CN=old"), Validity.over());
        assertEquals(
                over.certificate(),
                new Handshake(tls).with(root, over, middle.own()).getPeerCertificates()[0]);
        assertRefused(tls, Authority.root("Root").client(new X500Name("CN=old"), Validity.over()));
        assertRefused(tls, middle.server());
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void refusesRevokedCertificates(TlsEngine engine) throws Exception {
        Issued revoked = middle.client("CN=stolen");
        Path crl = Issued.save(folder.resolve("crl.pem"), middle.revoked(revoked));
        ServerTls tls = load(engine, new ClientCheck(crl, true), CipherChoice.DEFAULTS);
        assertRefused(tls, revoked);
        new Handshake(tls).with(root, middle.client("CN=kept"), middle.own());
    }

    @Test
    void aListThatIsNoneIsRefusedWithFileAndReason() {
        Path crl = Issued.save(folder.resolve("crl.pem"), "nothing");
        assertEquals(
                "Error: Unable to load certificate revocation file \"" + crl
                        + "\". Check crlfile. There is no revocation list in it.",
                assertThrows(
                                TlsFileException.class,
                                () -> load(TlsEngine.JDK, new ClientCheck(crl, true), CipherChoice.DEFAULTS))
                        .getMessage());
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void keepsToTheLowestVersion(TlsEngine engine) throws Exception {
        ServerTls tls = load(engine, null, new CipherChoice(null, null, TlsVersion.TLS_1_3));
        assertEquals("TLSv1.3", new Handshake(tls).with(root, null).getProtocol());
        assertThrows(SSLException.class, () -> new Handshake(tls).withProtocol(root, "TLSv1.2"));
        ServerTls usual = load(engine, null, CipherChoice.DEFAULTS);
        assertEquals(
                "TLSv1.2", new Handshake(usual).withProtocol(root, "TLSv1.2").getProtocol());
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void takesTheCiphersThatAreNamed(TlsEngine engine) throws Exception {
        ServerTls tls = load(engine, null, new CipherChoice("ECDHE-ECDSA-AES128-GCM-SHA256", null, TlsVersion.TLS_1_2));
        assertEquals(
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                new Handshake(tls).withProtocol(root, "TLSv1.2").getCipherSuite());
        assertEquals("TLSv1.3", new Handshake(tls).with(root, null).getProtocol());
    }

    @Test
    void readsTheLanguageOfOpenSslsLists() throws Exception {
        String list = "DEFAULT:!aNULL:!eNULL:!LOW:!EXPORT:!SSLv2:!AES256:!CHACHA20:@STRENGTH";
        ServerTls tls = load(TlsEngine.OPENSSL, null, new CipherChoice(list, null, TlsVersion.TLS_1_2));
        String suite = new Handshake(tls).withProtocol(root, "TLSv1.2").getCipherSuite();
        assertTrue(suite.contains("AES_128"), suite);
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void refusesCiphersThatDoNotExist(TlsEngine engine) {
        String message = String.valueOf(assertThrows(
                        TlsFileException.class,
                        () -> load(engine, null, new CipherChoice("NONSENSE", null, TlsVersion.TLS_1_2)))
                .getMessage());
        assertTrue(message.startsWith("Error: Unable to set TLS ciphers. Check cipher list \"NONSENSE\"."), message);
    }

    @Test
    void choosesTheJdkForSomeCiphersOfTls13() throws Exception {
        CipherChoice some = new CipherChoice(null, "TLS_AES_128_GCM_SHA256", TlsVersion.TLS_1_2);
        assertEquals(TlsEngine.JDK, TlsEngine.of(some, List.of()));
        ServerTls tls = ServerTls.load(settings(null, some));
        assertEquals(
                "TLS_AES_128_GCM_SHA256", new Handshake(tls).with(root, null).getCipherSuite());
        assertEquals("TLSv1.2", new Handshake(tls).withProtocol(root, "TLSv1.2").getProtocol());
    }

    @Test
    void readsAFolderOfAuthoritiesHashedOrNot() throws Exception {
        Path hashed = Files.createDirectory(folder.resolve("certs"));
        Issued.save(hashed.resolve("README"), "not a certificate");
        Issued.save(hashed.resolve("5ad8a5d6.0"), root.own().pem());
        Issued.save(hashed.resolve("middle.crt"), middle.own().pem());
        Issued.save(hashed.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertEquals(List.of(root.own().certificate(), middle.own().certificate()), Authorities.load(null, hashed));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertEquals(
                "Error: Unable to load CA certificates. Check capath \"" + empty + "\". There is no certificate in it.",
                assertThrows(TlsFileException.class, () -> Authorities.load(null, empty))
                        .getMessage());
    }

    @Test
    void sayUntilWhenTheyHold() throws Exception {
        assertTrue(load(TlsEngine.JDK, null, CipherChoice.DEFAULTS).validUntil().isAfter(java.time.Instant.now()));
    }

    private void assertRefused(ServerTls tls, @Nullable Issued client) {
        assertThrows(SSLException.class, () -> new Handshake(tls).with(root, client, middle.own()));
    }

    private ServerTls load(TlsEngine engine, @Nullable ClientCheck clients, CipherChoice ciphers)
            throws TlsFileException {
        return ServerTls.load(settings(clients, ciphers), engine);
    }

    private ServerTlsSettings settings(@Nullable ClientCheck clients, CipherChoice ciphers) {
        IdentityFiles files = new IdentityFiles(
                folder.resolve("server.crt"), folder.resolve("server.key"), folder.resolve("ca.pem"), null);
        return new ServerTlsSettings(files, clients, ciphers, List.of("mqtt"));
    }
}
