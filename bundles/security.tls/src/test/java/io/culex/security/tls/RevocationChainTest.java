// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.testkit.pki.Authority;
import io.culex.testkit.pki.Issued;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has signed a revocation list, among the authorities and what a client sends with its own certificate. */
class RevocationChainTest {
    private final Authority root = Authority.root("Root");
    private final Authority middle = root.intermediate("Middle");
    private final Issued client = middle.client("CN=kept");
    private final Path folder;

    RevocationChainTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private PathTrust trust(String lists) throws TlsFileException {
        return PathTrust.of(List.of(root.own().certificate()), Issued.save(folder.resolve("crl.pem"), lists), true);
    }

    private static void check(PathTrust trust, Issued... sent) throws CertificateException {
        X509Certificate[] chain = new X509Certificate[sent.length];
        for (int i = 0; i < sent.length; i++) {
            chain[i] = sent[i].certificate();
        }
        trust.checkClientTrusted(chain, "UNKNOWN");
    }

    /** RFC 8446, section 4.4.2: be prepared for any order, and for certificates that have nothing to do with it. */
    @Test
    void isFoundInWhateverOrderTheCertificatesCome() throws Exception {
        Authority lower = middle.intermediate("Lower");
        Issued deep = lower.client("CN=deep");
        PathTrust trust = trust(middle.revoked() + lower.revoked());
        check(trust, client, middle.own());
        check(trust, client, client, middle.own());
        check(trust, client, root.own(), middle.own());
        check(trust, deep, middle.own(), lower.own());
        check(trust, deep, root.own(), middle.own(), Authority.root("Another").own(), lower.own());
    }

    @Test
    void isFoundBesideACertificateOfTheSameKeyThatLeadsNowhere() throws Exception {
        Issued astray = Authority.root("Unknown").certify(middle);
        PathTrust trust = trust(middle.revoked());
        check(trust, client, middle.own(), astray);
        check(trust, client, astray, middle.own());
        assertThrows(CertificateException.class, () -> check(trust, client, astray));
    }

    @Test
    void isNoneThatOnlyHasTheName() throws Exception {
        Authority other = root.intermediate("Middle");
        PathTrust trust = trust(other.revoked());
        assertThrows(CertificateException.class, () -> check(trust, client, middle.own(), other.own()));
        assertThrows(CertificateException.class, () -> check(trust, client, other.own(), middle.own()));
        check(trust, other.client("CN=other"), other.own());
    }

    @Test
    void isRevokedInWhateverOrderTheCertificatesCome() throws Exception {
        PathTrust trust = trust(middle.revoked(client));
        assertThrows(CertificateException.class, () -> check(trust, client, middle.own()));
        assertThrows(CertificateException.class, () -> check(trust, client, root.own(), middle.own()));
    }

    /** A long list takes its time, and two authorities of one name, the old and the new one, are nothing unusual. */
    @Test
    void isLookedForOnceAndNotForEveryClient() throws Exception {
        Authority after = root.intermediate("Middle");
        CountedList list = CountedList.of(middle.revoked());
        RevocationLists lists = new RevocationLists(
                List.of(list),
                List.of(
                        root.own().certificate(),
                        after.own().certificate(),
                        middle.own().certificate()));
        int looked = list.looks();
        for (int i = 0; i < 10; i++) {
            lists.check(
                    new X509Certificate[] {client.certificate(), middle.own().certificate()});
        }
        assertEquals(looked, list.looks());
    }

    @Test
    void isNotLookedForByTheWordOfAStranger() throws Exception {
        CountedList list = CountedList.of(middle.revoked());
        RevocationLists lists =
                new RevocationLists(List.of(list), List.of(root.own().certificate()));
        Authority stranger = Authority.root("Root").intermediate("Middle");
        X509Certificate[] own = {
            stranger.client("CN=kept").certificate(), stranger.own().certificate()
        };
        X509Certificate[] pretended = {
            stranger.client("CN=kept").certificate(), middle.own().certificate()
        };
        assertThrows(CertificateException.class, () -> lists.check(own));
        assertThrows(CertificateException.class, () -> lists.check(pretended));
        assertEquals(0, list.looks());
        lists.check(new X509Certificate[] {client.certificate(), middle.own().certificate()});
        assertEquals(1, list.looks());
    }
}
