// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Principal;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** A certificate that is valid at any time; everything else is that of the one it stands for. */
@SuppressWarnings("deprecation") // the class it extends still asks for getIssuerDN and getSubjectDN
final class DatelessCertificate extends X509Certificate {
    private static final long serialVersionUID = 1L;

    private final X509Certificate real;

    DatelessCertificate(X509Certificate real) {
        this.real = real;
    }

    @Override
    public void checkValidity() {
        // At any time.
    }

    @Override
    public void checkValidity(@Nullable Date date) {
        // At any time.
    }

    @Override
    public void verify(PublicKey key)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        real.verify(key);
    }

    @Override
    public void verify(PublicKey key, String provider)
            throws CertificateException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        real.verify(key, provider);
    }

    @Override
    public String toString() {
        return real.toString();
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        return real.getExtensionValue(oid);
    }

    @Override
    public BigInteger getSerialNumber() {
        return real.getSerialNumber();
    }

    @Override
    public Principal getIssuerDN() {
        return real.getIssuerDN();
    }

    @Override
    public Principal getSubjectDN() {
        return real.getSubjectDN();
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return real.getIssuerX500Principal();
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return real.getSubjectX500Principal();
    }

    @Override
    public Date getNotBefore() {
        return real.getNotBefore();
    }

    @Override
    public Date getNotAfter() {
        return real.getNotAfter();
    }

    @Override
    public byte[] getTBSCertificate() throws CertificateEncodingException {
        return real.getTBSCertificate();
    }

    @Override
    public byte[] getSignature() {
        return real.getSignature();
    }

    @Override
    public String getSigAlgName() {
        return real.getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return real.getSigAlgOID();
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return real.getSigAlgParams();
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
        return real.getIssuerUniqueID();
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
        return real.getSubjectUniqueID();
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        return real.getKeyUsage();
    }

    @Override
    public @Nullable List<String> getExtendedKeyUsage() throws CertificateParsingException {
        return real.getExtendedKeyUsage();
    }

    @Override
    public int getBasicConstraints() {
        return real.getBasicConstraints();
    }

    @Override
    public @Nullable Collection<List<?>> getSubjectAlternativeNames() throws CertificateParsingException {
        return real.getSubjectAlternativeNames();
    }

    @Override
    public int getVersion() {
        return real.getVersion();
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
        return real.getEncoded();
    }

    @Override
    public PublicKey getPublicKey() {
        return real.getPublicKey();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return real.hasUnsupportedCriticalExtension();
    }

    @Override
    public @Nullable Set<String> getCriticalExtensionOIDs() {
        return real.getCriticalExtensionOIDs();
    }

    @Override
    public @Nullable Set<String> getNonCriticalExtensionOIDs() {
        return real.getNonCriticalExtensionOIDs();
    }
}
