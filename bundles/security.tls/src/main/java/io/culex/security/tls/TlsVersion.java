// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The lowest version of TLS that is accepted: {@code tls_version}. */
public enum TlsVersion {
    /** {@code tlsv1.1}, which nobody should use any more. */
    TLS_1_1("tlsv1.1", "TLSv1.1"),
    /** {@code tlsv1.2}, the default. */
    TLS_1_2("tlsv1.2", "TLSv1.2"),
    /** {@code tlsv1.3}. */
    TLS_1_3("tlsv1.3", "TLSv1.3");

    private final String word;
    private final String protocol;

    TlsVersion(String word, String protocol) {
        this.word = word;
        this.protocol = protocol;
    }

    /** Out of the value in mosquitto.conf. */
    public static Optional<TlsVersion> parse(String word) {
        return Arrays.stream(values())
                .filter(version -> version.word.equals(word))
                .findFirst();
    }

    /** This one and those above it, under their names in the JDK. */
    List<String> andAbove() {
        return Arrays.stream(values())
                .filter(version -> version.ordinal() >= ordinal())
                .map(version -> version.protocol)
                .toList();
    }
}
