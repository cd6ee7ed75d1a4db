// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The one user who may scrape, by basic authentication (RFC 7617). */
final class Login {
    private static final String SCHEME = "Basic ";

    private final byte[] wanted;

    Login(String username, String password) {
        wanted = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the value of an {@code Authorization} header is right; takes as long for a wrong one. */
    boolean accepts(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        try {
            byte[] given = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            return MessageDigest.isEqual(wanted, given);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
