// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.passwordfile;

import io.culex.security.hash.HashKind;
import io.culex.security.hash.PasswordHash;
import io.culex.security.hash.PasswordHasher;
import java.nio.charset.StandardCharsets;

/** Entries of password files for tests, cheap to verify. */
final class Entries {
    private static final PasswordHasher HASHER = new PasswordHasher(HashKind.SHA512, 1);

    private Entries() {}

    static String line(String name, String password) {
        return name + ":" + hash(password).text() + "\n";
    }

    static User user(String name, String password) {
        PasswordHash hash = hash(password);
        return User.of(name, hash, 1, hash.text());
    }

    static PasswordHash hash(String password) {
        return HASHER.hash(bytes(password));
    }

    static byte[] bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8);
    }
}
