// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import org.jspecify.annotations.Nullable;

/**
 * Which ciphers a listener takes, as mosquitto.conf says it.
 *
 * @param ciphers up to TLS 1.2, a list of OpenSSL; null: the usual ones
 * @param ciphersTls13 of TLS 1.3, joined by colons; null: all
 * @param lowest the lowest version
 */
public record CipherChoice(@Nullable String ciphers, @Nullable String ciphersTls13, TlsVersion lowest) {
    /** The defaults. */
    public static final CipherChoice DEFAULTS = new CipherChoice(null, null, TlsVersion.TLS_1_2);
}
