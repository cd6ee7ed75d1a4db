// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/** The names in a certificate's subject, as OpenSSL gives them. */
public final class SubjectNames {
    /** Those that RFC 2253 does not name and OpenSSL does. */
    private static final Map<String, String> KEYWORDS = Map.of(
            "1.2.840.113549.1.9.1", "emailAddress",
            "2.5.4.4", "SN",
            "2.5.4.5", "serialNumber",
            "2.5.4.12", "title",
            "2.5.4.42", "GN",
            "2.5.4.43", "initials",
            "2.5.4.46", "dnQualifier");

    private SubjectNames() {}

    /** The first common name; empty without one, or when it has a NUL or is no valid text: it must not pass for another. */
    public static Optional<String> commonName(X509Certificate certificate) {
        try {
            RDN[] names = new JcaX509CertificateHolder(certificate).getSubject().getRDNs(BCStyle.CN);
            if (names.length == 0) {
                return Optional.empty();
            }
            ASN1Encodable value = names[0].getFirst().getValue();
            for (var attribute : names[0].getTypesAndValues()) {
                if (attribute.getType().equals(BCStyle.CN)) {
                    value = attribute.getValue();
                    break;
                }
            }
            return value instanceof ASN1String text ? sound(text.getString()) : Optional.empty();
        } catch (CertificateEncodingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The text, unless it is empty or has characters that may not stand in a name of MQTT. */
    public static Optional<String> sound(String text) {
        boolean unsound = text.isEmpty()
                || text.chars().anyMatch(c -> c == 0)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text);
        return unsound ? Optional.empty() : Optional.of(text);
    }

    /** The whole subject (RFC 2253), with bytes above 127 escaped as OpenSSL does it. */
    public static String subject(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, KEYWORDS);
        StringBuilder escaped = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0) {
                escaped.append("\\%02X".formatted(b & 0xff));
            } else {
                escaped.append((char) b);
            }
        }
        return escaped.toString();
    }
}
