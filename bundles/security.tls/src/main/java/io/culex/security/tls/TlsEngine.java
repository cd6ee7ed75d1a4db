// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/** What does the cryptography of TLS: the one place where that is chosen. */
public enum TlsEngine {
    /** OpenSSL's kin BoringSSL, by Netty's native library: several times as fast. */
    OPENSSL(SslProvider.OPENSSL),
    /** The JDK. */
    JDK(SslProvider.JDK);

    private static final Set<String> SUITES_TLS13 =
            Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private static final Set<String> FOREIGN_KEYS = Set.of("EdDSA", "RSASSA-PSS");

    private final SslProvider provider;

    TlsEngine(SslProvider provider) {
        this.provider = provider;
    }

    SslProvider provider() {
        return provider;
    }

    /**
     * OpenSSL where its library is there; the JDK elsewhere, for a listener that wants some ciphers of TLS 1.3 only, among
     * which BoringSSL does not let anyone choose, and where one of the certificates has a kind of key that BoringSSL does not
     * take.
     *
     * @param certificates the own one and those of the authorities: what an authority has for itself, those below it often have too
     */
    static TlsEngine of(CipherChoice ciphers, List<X509Certificate> certificates) {
        boolean foreign = certificates.stream()
                .anyMatch(each -> FOREIGN_KEYS.contains(each.getPublicKey().getAlgorithm()));
        return OpenSsl.isAvailable() && !choosesTls13(ciphers) && !foreign ? OPENSSL : JDK;
    }

    /** For the log. */
    public String describe() {
        return this == OPENSSL ? "OpenSSL (" + OpenSsl.versionString() + ")" : "the JDK";
    }

    private static boolean choosesTls13(CipherChoice ciphers) {
        String wanted = ciphers.ciphersTls13();
        return wanted != null && !Set.copyOf(List.of(wanted.split(":", -1))).containsAll(SUITES_TLS13);
    }
}
