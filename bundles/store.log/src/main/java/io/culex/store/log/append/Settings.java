// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.append;

/**
 * How the log is kept.
 *
 * @param level what a kept operation survives
 * @param segmentBytes the size at which a new segment is begun
 * @param reserveBytes the size of the reserve for a full disk; 0: none
 */
public record Settings(Level level, int segmentBytes, long reserveBytes) {
    private static final int SMALLEST_SEGMENT = 64 << 10;
    private static final int LARGEST_SEGMENT = 1 << 30;

    public Settings {
        if (segmentBytes < SMALLEST_SEGMENT || segmentBytes > LARGEST_SEGMENT) {
            throw new IllegalArgumentException("Error: segment_bytes must be between " + SMALLEST_SEGMENT + " and "
                    + LARGEST_SEGMENT + ", not " + segmentBytes + ".");
        }
        if (reserveBytes < 0) {
            throw new IllegalArgumentException("Error: reserve_bytes must not be negative.");
        }
    }
}
