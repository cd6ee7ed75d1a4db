// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.index;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Stands for a text in a {@link Table}: 64 bits that depend on secret numbers, new with each opening, so that no client can
 * choose two topics with the same.
 */
final class KeyHash {
    private final long first;
    private final long second;

    KeyHash(SecureRandom random) {
        first = random.nextLong() | 1;
        second = random.nextLong() | 1;
    }

    /** Of those bytes; never 0. */
    long of(ByteBuffer bytes, int at, int length) {
        long hash = first ^ length;
        int end = at + length;
        int place = at;
        for (; place + 8 <= end; place += 8) {
            hash = fold(hash ^ bytes.getLong(place), second);
        }
        long rest = 0;
        for (; place < end; place++) {
            rest = rest << 8 | bytes.get(place) & 0xFF;
        }
        hash = fold(hash ^ rest, second);
        hash = fold(hash ^ second, first);
        return hash == 0 ? 1 : hash;
    }

    private static long fold(long a, long b) {
        return a * b ^ Math.multiplyHigh(a, b) ^ Long.rotateLeft(a, 23);
    }
}
