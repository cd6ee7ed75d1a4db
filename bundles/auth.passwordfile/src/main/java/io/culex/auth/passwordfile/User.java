// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.passwordfile;

import io.culex.security.hash.PasswordHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One user of the file.
 *
 * @param line where it stands, counted from 1
 * @param fingerprint stands for the entry's bytes, and does not show the hash
 */
record User(String name, PasswordHash hash, int line, String fingerprint) {
    static User of(String name, PasswordHash hash, int line, String entry) {
        return new User(name, hash, line, fingerprint(name + ":" + entry));
    }

    private static String fingerprint(String entry) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(entry.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return name;
    }
}
