// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

import java.security.MessageDigest;

/** {@code $6$salt$hash}: SHA-512 of the password and then the salt. */
final class Sha512Hash implements PasswordHash {
    static final String TAG = "6";

    private final byte[] salt;
    private final byte[] hash;

    private Sha512Hash(byte[] salt, byte[] hash) {
        this.salt = salt;
        this.hash = hash;
    }

    static Sha512Hash parse(Fields fields) throws InvalidHashException {
        fields.expect(3);
        return new Sha512Hash(fields.salt(1), fields.hash(2));
    }

    static Sha512Hash of(byte[] password, byte[] salt) {
        return new Sha512Hash(salt, digest(password, salt));
    }

    private static byte[] digest(byte[] password, byte[] salt) {
        MessageDigest sha = Pbkdf2.sha512();
        sha.update(password);
        return sha.digest(salt);
    }

    @Override
    public HashKind kind() {
        return HashKind.SHA512;
    }

    @Override
    public boolean verify(byte[] password) {
        return MessageDigest.isEqual(hash, digest(password, salt));
    }

    @Override
    public String text() {
        return "$" + TAG + "$" + Fields.base64(salt) + "$" + Fields.base64(hash);
    }
}
