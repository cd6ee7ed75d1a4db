// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.tls.CipherSuite;
import org.jspecify.annotations.Nullable;

/** The cipher suites of TLS 1.2 with pre-shared keys under their OpenSSL names, best first. Stateless. */
final class PskSuites {
    private static final Map<String, Integer> ALL = all();

    private PskSuites() {}

    private static Map<String, Integer> all() {
        Map<String, Integer> all = new LinkedHashMap<>();
        all.put("ECDHE-PSK-CHACHA20-POLY1305", CipherSuite.TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256);
        all.put("DHE-PSK-AES256-GCM-SHA384", CipherSuite.TLS_DHE_PSK_WITH_AES_256_GCM_SHA384);
        all.put("DHE-PSK-AES128-GCM-SHA256", CipherSuite.TLS_DHE_PSK_WITH_AES_128_GCM_SHA256);
        all.put("ECDHE-PSK-AES256-CBC-SHA384", CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA384);
        all.put("ECDHE-PSK-AES128-CBC-SHA256", CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256);
        all.put("PSK-CHACHA20-POLY1305", CipherSuite.TLS_PSK_WITH_CHACHA20_POLY1305_SHA256);
        all.put("PSK-AES256-GCM-SHA384", CipherSuite.TLS_PSK_WITH_AES_256_GCM_SHA384);
        all.put("PSK-AES128-GCM-SHA256", CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256);
        all.put("PSK-AES128-CCM8", CipherSuite.TLS_PSK_WITH_AES_128_CCM_8);
        all.put("PSK-AES256-CBC-SHA384", CipherSuite.TLS_PSK_WITH_AES_256_CBC_SHA384);
        all.put("PSK-AES128-CBC-SHA256", CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256);
        all.put("PSK-AES256-CBC-SHA", CipherSuite.TLS_PSK_WITH_AES_256_CBC_SHA);
        all.put("PSK-AES128-CBC-SHA", CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA);
        return Collections.unmodifiableMap(all);
    }

    /** Those that a list of OpenSSL means, or all. */
    static int[] choose(@Nullable String list) throws TlsFileException {
        List<String> names = list == null ? List.copyOf(ALL.keySet()) : CipherList.choose(list, ALL.keySet());
        if (names.isEmpty()) {
            throw new TlsFileException("Error: Unable to set TLS ciphers. Check cipher list \"%s\".".formatted(list));
        }
        return names.stream().mapToInt(name -> ALL.getOrDefault(name, 0)).toArray();
    }

    static String name(int suite) {
        return ALL.entrySet().stream()
                .filter(entry -> entry.getValue() == suite)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }
}
