// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import io.netty.handler.ssl.CipherSuiteConverter;
import io.netty.handler.ssl.OpenSsl;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The ciphers of a listener as an engine wants them. */
final class Ciphers {
    private static final List<String> TLS13 =
            List.of("TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");

    private Ciphers() {}

    /**
     * Names for Netty; null: its own choice.
     *
     * @throws TlsFileException when there are none of that kind
     */
    static @Nullable List<String> of(CipherChoice choice, TlsEngine engine) throws TlsFileException {
        String ciphers = choice.ciphers();
        String tls13 = choice.ciphersTls13();
        if (ciphers == null && tls13 == null) {
            return null;
        }
        List<String> names = new ArrayList<>(tls13 == null ? TLS13 : suites(tls13));
        String list = ciphers == null ? "DEFAULT" : ciphers;
        List<String> older = engine == TlsEngine.OPENSSL
                ? CipherList.choose(list, OpenSsl.availableOpenSslCipherSuites())
                : ofTheJdk(list);
        if (older.isEmpty()) {
            throw new TlsFileException("Error: Unable to set TLS ciphers. Check cipher list \"%s\".".formatted(list));
        }
        names.addAll(older);
        return names;
    }

    private static List<String> suites(String tls13) throws TlsFileException {
        List<String> suites = List.of(tls13.split(":", -1));
        if (!TLS13.containsAll(suites)) {
            throw new TlsFileException(
                    "Error: Unable to set TLS 1.3 ciphersuites. Check cipher_tls13 list \"%s\".".formatted(tls13));
        }
        return suites;
    }

    private static List<String> ofTheJdk(String list) throws TlsFileException {
        Map<String, String> names = new LinkedHashMap<>();
        try {
            for (String name : SSLContext.getDefault().getDefaultSSLParameters().getCipherSuites()) {
                String openSsl = CipherSuiteConverter.toOpenSsl(name, false);
                if (openSsl != null) {
                    names.put(openSsl, name);
                }
            }
        } catch (NoSuchAlgorithmException e) {
            throw new TlsFileException("Error: Unable to set TLS ciphers. The JDK has no TLS.", e);
        }
        return CipherList.choose(list, names.keySet()).stream().map(names::get).toList();
    }
}
