// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.security.tls.ServerTlsSettings.ClientCheck;
import io.culex.security.tls.ServerTlsSettings.IdentityFiles;
import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Authority.Validity;
import io.culex.testkit.pki.Issued;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLException;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the path of a client's certificate may end: as in OpenSSL, at a root, and not at what a root has signed. */
class PathTest {
    private final Authority root = Authority.root("Root");
    private final Authority middle = root.intermediate("Middle");
    private final Path folder;

    PathTest(@TempDir Path folder) {
        this.folder = folder;
        root.server().write(folder, "server");
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void anIntermediateOfTheFileLeadsToItsRoot(TlsEngine engine) throws Exception {
        Issued client = middle.client("CN=device");
        ServerTls tls = load(engine, true, root.own(), middle.own());
        new Handshake(tls).with(root, client);
        new Handshake(tls).with(root, client, middle.own());
        new Handshake(load(engine, true, root.own())).with(root, client, middle.own());
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void anIntermediateWithoutItsRootAdmitsNobody(TlsEngine engine) throws Exception {
        ServerTls tls = load(engine, true, Authority.root("Other").own(), middle.own());
        assertRefused(tls, middle.client("CN=device"));
        assertRefused(tls, middle.client("CN=device"), middle.own());
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void datesThatDoNotCountDoNotCountForTheWholePath(TlsEngine engine) throws Exception {
        ServerTls tls = load(engine, false, root.own(), middle.own());
        new Handshake(tls).with(root, middle.client(new X500Name("CN=old"), Validity.over()));
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void aClientsOwnCertificateInTheFileAdmitsThatClientAlone(TlsEngine engine) throws Exception {
        Issued pinned = selfSigned("CN=pinned");
        ServerTls tls = load(engine, true, pinned);
        assertEquals(pinned.certificate(), new Handshake(tls).with(root, pinned).getPeerCertificates()[0]);
        KeyPair keys = Authority.ec();
        Issued forged = new Issued(sign(pinned.key(), "CN=pinned", "CN=admin", keys), keys.getPrivate());
        assertRefused(tls, forged);
        assertRefused(tls, forged, pinned);
    }

    /** Else one whose certificate is of the intermediate would believe that it has none to show. */
    @Test
    void clientsAreToldOfAllAuthoritiesOfTheFile() throws Exception {
        List<X509Certificate> both =
                List.of(root.own().certificate(), middle.own().certificate());
        assertEquals(both, List.of(PathTrust.of(both, null, true).getAcceptedIssuers()));
        assertEquals(both, List.of(PathTrust.of(both, null, false).getAcceptedIssuers()));
    }

    @Test
    void aFileWithoutARootIsRefusedWithTheReason() {
        assertEquals(
                "Error: Unable to use the CA certificates. None of them is a root, one that has signed itself.",
                assertThrows(TlsFileException.class, () -> load(TlsEngine.JDK, true, middle.own()))
                        .getMessage());
    }

    private static Issued selfSigned(String name) throws Exception {
        KeyPair keys = Authority.ec();
        return new Issued(sign(keys.getPrivate(), name, name, keys), keys.getPrivate());
    }

    private static X509Certificate sign(PrivateKey key, String issuer, String subject, KeyPair keys) throws Exception {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(subject.length()),
                Date.from(Instant.now().minusSeconds(60)),
                Date.from(Instant.now().plusSeconds(3600)),
                new X500Name(subject),
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    private void assertRefused(ServerTls tls, Issued client, Issued... above) {
        assertThrows(SSLException.class, () -> new Handshake(tls).with(root, client, above));
    }

    private ServerTls load(TlsEngine engine, boolean datesCount, Issued... authorities) throws TlsFileException {
        StringBuilder pem = new StringBuilder();
        for (Issued authority : authorities) {
            pem.append(authority.pem());
        }
        Issued.save(folder.resolve("ca.pem"), pem.toString());
        IdentityFiles files = new IdentityFiles(
                folder.resolve("server.crt"), folder.resolve("server.key"), folder.resolve("ca.pem"), null);
        return ServerTls.load(
                new ServerTlsSettings(files, new ClientCheck(null, datesCount), CipherChoice.DEFAULTS, List.of("mqtt")),
                engine);
    }
}
