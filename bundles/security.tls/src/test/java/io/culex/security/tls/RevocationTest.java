// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.security.tls.ServerTlsSettings.ClientCheck;
import io.culex.security.tls.ServerTlsSettings.IdentityFiles;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Authority.Validity;
import io.culex.testkit.pki.Issued;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Revocation lists that cannot be relied on: where nothing says that a certificate is good, it is not. */
class RevocationTest {
    private final Authority root = Authority.root("Root");
    private final Authority middle = root.intermediate("Middle");
    private final Path folder;

    RevocationTest(@TempDir Path folder) {
        this.folder = folder;
        middle.server().write(folder, "server");
        Issued.save(folder.resolve("ca.pem"), root.own().pem() + middle.own().pem());
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void refusesEveryoneWhenTheListHasExpired(TlsEngine engine) throws Exception {
        ServerTls tls = load(engine, list(Instant.now().minus(Duration.ofDays(1))), true);
        assertRefused(tls, middle.client("CN=kept"));
        new Handshake(load(engine, list(Instant.now().plus(Duration.ofDays(1))), true))
                .with(root, middle.client("CN=kept"), middle.own());
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void refusesThoseOfAnAuthorityThatHasNoList(TlsEngine engine) throws Exception {
        ServerTls tls = load(engine, root.revoked(middle.server()), true);
        assertRefused(tls, middle.client("CN=kept"));
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void refusesRevokedOnesAlsoWhereDatesDoNotCount(TlsEngine engine) throws Exception {
        Issued revoked = middle.client(new X500Name("CN=stolen"), Validity.over());
        ServerTls tls = load(engine, middle.revoked(revoked), false);
        assertRefused(tls, revoked);
        new Handshake(tls).with(root, middle.client(new X500Name("CN=old"), Validity.over()), middle.own());
    }

    /** Another authority that has, or had, the same name. */
    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void doesNotAskEitherWhereTheListIsSignedByAnotherOne(TlsEngine engine) throws Exception {
        try (ServerSocketChannel place = ServerSocketChannel.open()) {
            Issued client = pointing(place);
            assertRefused(load(engine, root.intermediate("Middle").revoked(), true), client);
            assertNull(place.accept());
            new Handshake(load(engine, root.intermediate("Middle").revoked() + middle.revoked(), true))
                    .with(root, client, middle.own());
        }
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void takesTheListOfAnIntermediateThatOnlyTheClientSends(TlsEngine engine) throws Exception {
        root.server().write(folder, "server");
        Issued.save(folder.resolve("ca.pem"), root.own().pem());
        Authority lower = middle.intermediate("Lower");
        Issued client = lower.client("CN=kept");
        new Handshake(load(engine, lower.revoked(), true)).with(root, client, lower.own(), middle.own());
        ServerTls tls = load(engine, lower.revoked(client), true);
        assertThrows(SSLException.class, () -> new Handshake(tls).with(root, client, lower.own(), middle.own()));
    }

    /** The place is the client's word, and who asks there asks on the event loop. */
    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void doesNotAskWhereTheCertificateSaysThatAListIs(TlsEngine engine) throws Exception {
        try (ServerSocketChannel place = ServerSocketChannel.open()) {
            Issued client = pointing(place);
            assertRefused(load(engine, root.revoked(middle.server()), true), client);
            assertNull(place.accept());
            new Handshake(load(engine, middle.revoked(), true)).with(root, client, middle.own());
        }
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void refusesARevokedOneThatCallsItselfAnAuthority(TlsEngine engine) throws Exception {
        Issued client = client(Extension.basicConstraints, new BasicConstraints(true));
        assertRefused(load(engine, middle.revoked(client), true), client);
        new Handshake(load(engine, middle.revoked(), true)).with(root, client, middle.own());
    }

    /** A client's certificate that says: lists are there. */
    private Issued pointing(ServerSocketChannel place) throws Exception {
        place.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
        String address = "http://127.0.0.1:" + place.socket().getLocalPort() + "/list.crl";
        DistributionPointName name = new DistributionPointName(
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, address)));
        return client(
                Extension.cRLDistributionPoints,
                new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(name, null, null)}));
    }

    /** A client's certificate of the intermediate with that extension. */
    private Issued client(ASN1ObjectIdentifier extension, ASN1Encodable value) throws Exception {
        KeyPair keys = Authority.ec();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                middle.own().certificate(),
                BigInteger.TEN,
                Date.from(Instant.now().minusSeconds(60)),
                Date.from(Instant.now().plusSeconds(3600)),
                new X500Principal("CN=device"),
                keys.getPublic());
        builder.addExtension(extension, false, value);
        return new Issued(
                new JcaX509CertificateConverter()
                        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                                .build(middle.own().key()))),
                keys.getPrivate());
    }

    private String list(Instant next) throws Exception {
        JcaX509v2CRLBuilder builder =
                new JcaX509v2CRLBuilder(middle.own().certificate(), Date.from(next.minus(Duration.ofDays(7))));
        builder.setNextUpdate(Date.from(next));
        String algorithm = middle.own().key().getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(builder.build(
                    new JcaContentSignerBuilder(algorithm).build(middle.own().key())));
        }
        return text.toString();
    }

    private void assertRefused(ServerTls tls, Issued client) {
        assertThrows(SSLException.class, () -> new Handshake(tls).with(root, client, middle.own()));
    }

    private ServerTls load(TlsEngine engine, String list, boolean datesCount) throws TlsFileException {
        Path crl = Issued.save(folder.resolve("crl.pem"), list);
        IdentityFiles files = new IdentityFiles(
                folder.resolve("server.crt"), folder.resolve("server.key"), folder.resolve("ca.pem"), null);
        return ServerTls.load(
                new ServerTlsSettings(files, new ClientCheck(crl, datesCount), CipherChoice.DEFAULTS, List.of("mqtt")),
                engine);
    }
}
