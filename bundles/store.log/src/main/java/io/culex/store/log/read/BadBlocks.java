// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.read;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Counts the blocks of a segment that the disk does not give. A few are damage, which is passed over; a disk that gives
 * nothing any more must not be taken for a store in which everything is damaged. For one thread.
 */
public final class BadBlocks {
    /** What is passed over at once. */
    public static final int BLOCK = 4 << 10;

    private static final int MOST = 64;

    private int count;
    private @Nullable IOException failure;

    /** None yet: another segment is begun. */
    public void begin() {
        count = 0;
        failure = null;
    }

    /**
     * The block of that place cannot be read.
     *
     * @return where the next one begins
     * @throws IOException the failure, when it is no matter of a few blocks
     */
    public int pass(int place, IOException reason) throws IOException {
        if (reason instanceof ClosedChannelException || count == MOST) {
            throw reason;
        }
        count++;
        failure = reason;
        return (place / BLOCK + 1) * BLOCK;
    }

    /** How many there were. */
    public int count() {
        return count;
    }

    /** Why the last of them could not be read; null when there was none. */
    public @Nullable IOException failure() {
        return failure;
    }
}
