// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.camel;

import io.culex.api.message.ReasonCode;
import java.io.IOException;

/** What the broker does not do, as exceptions of the JDK, so that a route can name them without importing this bundle. */
final class Refusal {
    private Refusal() {}

    /** A {@link SecurityException} when permission is missing, else an {@link IOException}. */
    static Exception of(String what, Options options, ReasonCode code) {
        String who = options.trusted()
                ? "the broker itself"
                : options.user() == null ? "an anonymous client" : "user " + options.user();
        String text = "Culex refused " + what + " for " + who + ": " + code.text() + " (0x"
                + Integer.toHexString(code.code()).toUpperCase(java.util.Locale.ROOT) + ")";
        return code == ReasonCode.NOT_AUTHORIZED ? new SecurityException(text) : new IOException(text);
    }
}
