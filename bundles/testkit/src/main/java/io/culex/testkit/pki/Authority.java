// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority. Its keys are elliptic. */
public final class Authority {
    private static final Duration DAY = Duration.ofDays(1);

    private final Issued own;

    private Authority(Issued own) {
        this.own = own;
    }

    /** For how long a certificate holds. */
    public record Validity(Instant from, Instant until) {
        /** From yesterday until tomorrow. */
        public static Validity now() {
            return new Validity(Instant.now().minus(DAY), Instant.now().plus(DAY));
        }

        /** It ended an hour ago. */
        public static Validity over() {
            return new Validity(Instant.now().minus(DAY), Instant.now().minus(Duration.ofHours(1)));
        }
    }

    /** One that has signed its own certificate. */
    public static Authority root(String name) {
        KeyPair keys = ec();
        X500Name subject = new X500Name("CN=" + name);
        return new Authority(sign(keys.getPrivate(), subject, keys, subject, Validity.now(), Kind.AUTHORITY));
    }

    /** One whose certificate this one has signed. */
    public Authority intermediate(String name) {
        KeyPair keys = ec();
        return new Authority(
                sign(own.key(), issuer(), keys, new X500Name("CN=" + name), Validity.now(), Kind.AUTHORITY));
    }

    /** A certificate of this one for the name and the key of another authority. */
    public Issued certify(Authority other) {
        KeyPair keys = new KeyPair(other.own.certificate().getPublicKey(), other.own.key());
        return sign(own.key(), issuer(), keys, other.issuer(), Validity.now(), Kind.AUTHORITY);
    }

    /** Its own certificate and key. */
    public Issued own() {
        return own;
    }

    /** A certificate for a server on localhost and 127.0.0.1. */
    public Issued server() {
        return server(ec(), Validity.now());
    }

    /** The same with this key, for this long. */
    public Issued server(KeyPair keys, Validity validity) {
        return sign(own.key(), issuer(), keys, new X500Name("CN=localhost"), validity, Kind.SERVER);
    }

    /** A certificate for a client with that distinguished name. */
    public Issued client(String name) {
        return client(new X500Name(name), Validity.now());
    }

    /** The same for this long. */
    public Issued client(X500Name name, Validity validity) {
        return sign(own.key(), issuer(), ec(), name, validity, Kind.CLIENT);
    }

    /** A list of revoked certificates, valid now. */
    public String revoked(Issued... revoked) {
        try {
            Date now = new Date();
            JcaX509v2CRLBuilder list = new JcaX509v2CRLBuilder(own.certificate(), now);
            list.setNextUpdate(Date.from(Instant.now().plus(DAY)));
            for (Issued each : revoked) {
                list.addCRLEntry(each.certificate().getSerialNumber(), now, CRLReason.keyCompromise);
            }
            return Issued.pem(new JcaX509CRLConverter().getCRL(list.build(signer(own.key()))));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An elliptic key. */
    public static KeyPair ec() {
        return keys("EC", 256);
    }

    /** An RSA key. */
    public static KeyPair rsa() {
        return keys("RSA", 2048);
    }

    private static KeyPair keys(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X500Name issuer() {
        return X500Name.getInstance(own.certificate().getSubjectX500Principal().getEncoded());
    }

    private enum Kind {
        AUTHORITY,
        SERVER,
        CLIENT
    }

    private static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(key);
    }

    private static Issued sign(
            PrivateKey issuerKey, X500Name issuerName, KeyPair keys, X500Name subject, Validity validity, Kind kind) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Principal(issuerName.getEncoded()),
                    new BigInteger(64, new SecureRandom()),
                    Date.from(validity.from()),
                    Date.from(validity.until()),
                    new X500Principal(subject.getEncoded()),
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(kind == Kind.AUTHORITY));
            switch (kind) {
                case AUTHORITY ->
                    builder.addExtension(
                            Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
                case SERVER -> {
                    builder.addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
                    builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                        new GeneralName(GeneralName.dNSName, "localhost"),
                        new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                    }));
                }
                case CLIENT ->
                    builder.addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            }
            return new Issued(
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer(issuerKey))),
                    keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
