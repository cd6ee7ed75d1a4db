// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import java.security.SecureRandom;

/**
 * Where topics and their levels stand in tables. Names that are counted through ({@code n000017}) are no neighbours by it, and
 * nobody outside can say which names would be: all that stand in one place would have to be passed by each topic that comes there.
 * Another one in each process.
 */
final class TopicHash {
    private static final long SEED = new SecureRandom().nextLong();
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private TopicHash() {}

    /** Of a topic in UTF-8, all bits of it equally good. */
    static int of(byte[] topic, int length) {
        long hash = SEED;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ topic[i]) * SPREAD;
        }
        return (int) mix(hash ^ (hash >>> 32));
    }

    /** Of one level, all bits of it equally good. */
    static int of(String level) {
        long hash = SEED;
        for (int i = 0; i < level.length(); i++) {
            hash = (hash ^ level.charAt(i)) * SPREAD;
        }
        return (int) mix(hash ^ (hash >>> 32));
    }

    private static long mix(long bits) {
        long product = bits * SPREAD;
        return product ^ (product >>> 32);
    }
}
