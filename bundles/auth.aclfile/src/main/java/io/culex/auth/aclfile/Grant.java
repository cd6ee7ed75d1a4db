// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import java.util.Optional;

/** The access words of an ACL file. Each is a set of bits, so that what several rules say of a topic is one number. */
enum Grant {
    READ("read", 1),
    WRITE("write", 2),
    READWRITE("readwrite", 3),
    DENY("deny", 4);

    private final String word;
    private final int bits;

    Grant(String word, int bits) {
        this.word = word;
        this.bits = bits;
    }

    int bits() {
        return bits;
    }

    static Optional<Grant> of(String word) {
        for (Grant grant : values()) {
            if (grant.word.equals(word)) {
                return Optional.of(grant);
            }
        }
        return Optional.empty();
    }
}
