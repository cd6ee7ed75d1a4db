// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of hashes that there are (SPEC B.2). */
public enum HashKind {
    /** One round of SHA-512, of Mosquitto up to 1.6: readable, and too fast to protect a file that leaks. */
    SHA512("sha512"),
    /** PBKDF2 with HMAC-SHA-512, of Mosquitto since 2.0. */
    SHA512_PBKDF2("sha512-pbkdf2"),
    /** Argon2id, of Mosquitto 2.1 where it is built with it. */
    ARGON2ID("argon2id");

    private final String option;

    HashKind(String option) {
        this.option = option;
    }

    /** Its name on the command line of {@code mosquitto_passwd -H}. */
    public String option() {
        return option;
    }

    /** The kind of that name. */
    public static Optional<HashKind> of(String option) {
        return Arrays.stream(values())
                .filter(kind -> kind.option.equals(option))
                .findFirst();
    }
}
