// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

import java.security.MessageDigest;

/** {@code $7$iterations$salt$hash}: PBKDF2 with HMAC-SHA-512. */
final class Pbkdf2Hash implements PasswordHash {
    static final String TAG = "7";

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private Pbkdf2Hash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    static Pbkdf2Hash parse(Fields fields) throws InvalidHashException {
        fields.expect(4);
        int iterations = Fields.number(fields.get(1), 1, Integer.MAX_VALUE, "count of iterations");
        return new Pbkdf2Hash(iterations, fields.salt(2), fields.hash(3));
    }

    static Pbkdf2Hash of(byte[] password, byte[] salt, int iterations) {
        return new Pbkdf2Hash(iterations, salt, Pbkdf2.derive(password, salt, iterations));
    }

    @Override
    public HashKind kind() {
        return HashKind.SHA512_PBKDF2;
    }

    @Override
    public boolean verify(byte[] password) {
        return MessageDigest.isEqual(hash, Pbkdf2.derive(password, salt, iterations));
    }

    @Override
    public String text() {
        return "$" + TAG + "$" + iterations + "$" + Fields.base64(salt) + "$" + Fields.base64(hash);
    }
}
