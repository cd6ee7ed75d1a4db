// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Principal;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A revocation list that counts how often somebody looks at its signature. */
final class CountedList extends X509CRL {
    private final X509CRL list;
    private int looks;

    private CountedList(X509CRL list) {
        this.list = list;
    }

    static CountedList of(String pem) throws GeneralSecurityException {
        return new CountedList((X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    }

    int looks() {
        return looks;
    }

    @Override
    public void verify(PublicKey key)
            throws CRLException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        looks++;
        list.verify(key);
    }

    @Override
    public void verify(PublicKey key, String provider)
            throws CRLException, NoSuchAlgorithmException, InvalidKeyException, NoSuchProviderException,
                    SignatureException {
        looks++;
        list.verify(key, provider);
    }

    @Override
    public byte[] getEncoded() throws CRLException {
        return list.getEncoded();
    }

    @Override
    public int getVersion() {
        return list.getVersion();
    }

    @Override
    @SuppressWarnings("deprecation")
    public Principal getIssuerDN() {
        return list.getIssuerDN();
    }

    @Override
    public Date getThisUpdate() {
        return list.getThisUpdate();
    }

    @Override
    public Date getNextUpdate() {
        return list.getNextUpdate();
    }

    @Override
    public @Nullable X509CRLEntry getRevokedCertificate(BigInteger serial) {
        return list.getRevokedCertificate(serial);
    }

    @Override
    public @Nullable Set<? extends X509CRLEntry> getRevokedCertificates() {
        return list.getRevokedCertificates();
    }

    @Override
    public byte[] getTBSCertList() throws CRLException {
        return list.getTBSCertList();
    }

    @Override
    public byte[] getSignature() {
        return list.getSignature();
    }

    @Override
    public String getSigAlgName() {
        return list.getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return list.getSigAlgOID();
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return list.getSigAlgParams();
    }

    @Override
    public String toString() {
        return list.toString();
    }

    @Override
    public boolean isRevoked(Certificate certificate) {
        return list.isRevoked(certificate);
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return list.hasUnsupportedCriticalExtension();
    }

    @Override
    public @Nullable Set<String> getCriticalExtensionOIDs() {
        return list.getCriticalExtensionOIDs();
    }

    @Override
    public @Nullable Set<String> getNonCriticalExtensionOIDs() {
        return list.getNonCriticalExtensionOIDs();
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        return list.getExtensionValue(oid);
    }
}
