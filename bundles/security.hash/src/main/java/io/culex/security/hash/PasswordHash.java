// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

/** One password hash (SPEC B.2). Immutable; any thread. */
public sealed interface PasswordHash permits Sha512Hash, Pbkdf2Hash, Argon2Hash {
    /**
     * Reads a hash in one of the forms {@code $6$salt$hash}, {@code $7$iterations$salt$hash} and
     * {@code $argon2id$v=19$m=..,t=..,p=..$salt$hash}.
     *
     * @throws InvalidHashException when the text is none of them
     */
    static PasswordHash parse(String text) throws InvalidHashException {
        Fields fields = Fields.of(text);
        return switch (fields.tag()) {
            case Sha512Hash.TAG -> Sha512Hash.parse(fields);
            case Pbkdf2Hash.TAG -> Pbkdf2Hash.parse(fields);
            case Argon2Hash.TAG -> Argon2Hash.parse(fields);
            default -> throw new InvalidHashException("unknown kind of hash");
        };
    }

    /** What kind it is. */
    HashKind kind();

    /**
     * Whether the password has this hash. Takes from microseconds ($6$) to a second of computing (and, for Argon2id, the
     * memory that the hash names); the comparison's time does not depend on where the hashes differ.
     *
     * @param password the bytes as the client sent them; not changed, not kept
     */
    boolean verify(byte[] password);

    /** The form that {@link #parse} reads. */
    String text();
}
