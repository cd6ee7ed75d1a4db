// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

import java.security.SecureRandom;
import java.util.Objects;

/**
 * Makes new hashes. The salt of {@code $6$} and {@code $7$} has 12 bytes, which every version of Mosquitto reads; Argon2id is
 * written as Mosquitto 2.1 does. Any thread.
 */
public final class PasswordHasher {
    /** Iterations of PBKDF2 where nothing else is said. */
    public static final int DEFAULT_ITERATIONS = 210_000;

    private static final int SALT_BYTES = 12;
    private static final int ARGON2_SALT_BYTES = 64;

    private final HashKind kind;
    private final int iterations;
    private final SecureRandom random = new SecureRandom();

    /**
     * Makes hashes of one kind.
     *
     * @param iterations of PBKDF2, at least 1; the other kinds have none
     */
    public PasswordHasher(HashKind kind, int iterations) {
        this.kind = Objects.requireNonNull(kind, "kind");
        if (iterations < 1) {
            throw new IllegalArgumentException("iterations: " + iterations);
        }
        this.iterations = iterations;
    }

    /** Hashes a password with a salt of its own; takes as long as {@link PasswordHash#verify}. */
    public PasswordHash hash(byte[] password) {
        return switch (kind) {
            case SHA512 -> Sha512Hash.of(password, salt(SALT_BYTES));
            case SHA512_PBKDF2 -> Pbkdf2Hash.of(password, salt(SALT_BYTES), iterations);
            case ARGON2ID -> Argon2Hash.of(password, salt(ARGON2_SALT_BYTES));
        };
    }

    private byte[] salt(int bytes) {
        byte[] salt = new byte[bytes];
        random.nextBytes(salt);
        return salt;
    }
}
