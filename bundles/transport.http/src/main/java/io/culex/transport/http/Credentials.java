// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import io.culex.api.message.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a request says it is from: Basic authentication (RFC 7617, UTF-8).
 *
 * @param username null: nobody is named
 * @param password null: none is given
 */
record Credentials(@Nullable String username, @Nullable Payload password) {
    private static final String SCHEME = "basic ";
    private static final Credentials NONE = new Credentials(null, null);

    /** Of a header {@code Authorization}; empty when that is there and cannot be read. */
    static Optional<Credentials> of(@Nullable String header) {
        if (header == null) {
            return Optional.of(NONE);
        }
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String text;
        try {
            byte[] bytes =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            text = new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Credentials(text.substring(0, colon), Payload.of(text.substring(colon + 1))));
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "Credentials[" + username + "]";
    }
}
