// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Authority.Validity;
import java.util.Optional;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;

class SubjectNamesTest {
    private final Authority root = Authority.root("Root");

    @Test
    void takesTheFirstCommonNameOfSeveral() {
        assertEquals(Optional.of("first"), commonName(new X500Name("C=DE,CN=first,O=Culex,CN=second")));
        assertEquals(Optional.empty(), commonName(new X500Name("C=DE,O=Culex")));
    }

    @Test
    void refusesNamesThatCouldPassForOthers() {
        X500Name nul = new X500NameBuilder()
                .addRDN(BCStyle.CN, new DERUTF8String("admin\0.example"))
                .build();
        assertEquals(Optional.empty(), commonName(nul));
        assertEquals(Optional.empty(), SubjectNames.sound(""));
        assertEquals(Optional.empty(), SubjectNames.sound("half a pair \ud800"));
    }

    @Test
    void writesTheSubjectAsOpenSslDoes() {
        X500Name name = new X500NameBuilder()
                .addRDN(BCStyle.C, "DE")
                .addRDN(BCStyle.O, "Müller, Söhne")
                .addRDN(BCStyle.CN, "device")
                .addRDN(BCStyle.EmailAddress, "a@example.org")
                .build();
        assertEquals(
                "emailAddress=a@example.org,CN=device,O=M\\C3\\BCller\\, S\\C3\\B6hne,C=DE",
                SubjectNames.subject(root.client(name, Validity.now()).certificate()));
    }

    private Optional<String> commonName(X500Name name) {
        return SubjectNames.commonName(root.client(name, Validity.now()).certificate());
    }
}
