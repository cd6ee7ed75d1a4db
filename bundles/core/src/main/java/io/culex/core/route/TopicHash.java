// SPDX-License-Identifier: Apache-2.0
package io.culex.core.route;

import java.security.SecureRandom;

/**
 * Where topics and their levels stand in tables. Names that are counted through ({@code n000017}) are no neighbours by it, and
 * with a seed of each process nobody outside can simply choose some that are: all that stand in one place would have to be passed by
 * each topic that comes there.
 */
final class TopicHash {
    private static final long SEED = new SecureRandom().nextLong();
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private TopicHash() {}

    /** Of a topic in UTF-8, all bits of it equally good. */
    static int of(byte[] topic, int length) {
        long hash = SEED;
        int i = 0;
        for (; i + 1 < length; i += 2) {
            hash = mix(hash ^ (topic[i] & 0xff) ^ (topic[i + 1] & 0xff) << Byte.SIZE);
        }
        return (int) mix(i < length ? hash ^ (topic[i] & 0xff) : hash);
    }

    /** Of one level, all bits of it equally good. */
    static int of(String level) {
        long hash = SEED;
        for (int i = 0; i < level.length(); i++) {
            hash = mix(hash ^ level.charAt(i));
        }
        return (int) mix(hash);
    }

    /**
     * The upper bits come down at each step. Else the lower ones would be the name's, but for a few of the seed, and names that meet
     * could be calculated.
     */
    private static long mix(long bits) {
        long product = bits * SPREAD;
        return product ^ (product >>> 32);
    }
}
