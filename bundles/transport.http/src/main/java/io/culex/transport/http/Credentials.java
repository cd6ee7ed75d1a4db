// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import io.culex.api.message.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        for (int colon = 0; colon < bytes.length; colon++) {
            if (bytes[colon] == ':') {
                Payload password = Payload.wrap(Arrays.copyOfRange(bytes, colon + 1, bytes.length));
                return name(bytes, colon).map(username -> new Credentials(username, password));
            }
        }
        return Optional.empty();
    }

    /** Empty when it is none that MQTT could bring, for plugins rely on that; a password may be any bytes there, too. */
    private static Optional<String> name(byte[] bytes, int length) {
        try {
            String name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
            return name.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(name);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "Credentials[" + username + "]";
    }
}
