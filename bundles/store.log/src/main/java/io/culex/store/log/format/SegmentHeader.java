// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The first 4096 bytes of a segment; the values stand there twice, in two blocks of the disk.
 *
 * @param number of the segment; they follow one another without a gap
 * @param node which store it is: a random number that stays
 * @param epoch grows with each opening of the store; the upper bits of every id given out since
 * @param first the oldest segment at the time: what is older was given up
 */
public record SegmentHeader(long number, long node, long epoch, long first) {
    /** Where the records begin. */
    public static final int SIZE = 4096;

    /** The format of what stands in a segment. */
    public static final int VERSION = 1;

    private static final int SECOND = 512;
    private static final long MAGIC = 0x474F_4C58_454C_5543L; // "CULEXLOG"
    private static final int CRC = 44;

    /** What the CRC of each record is mixed with, so that one of another segment or store does not hold here. */
    public int salt() {
        long mixed = (node ^ number * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        return (int) (mixed >>> 32);
    }

    /** As bytes. */
    public ByteBuffer write() {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        put(bytes, 0);
        put(bytes, SECOND);
        return bytes;
    }

    private void put(ByteBuffer bytes, int at) {
        bytes.putLong(at, MAGIC);
        bytes.putInt(at + 8, VERSION);
        bytes.putLong(at + 12, number);
        bytes.putLong(at + 20, node);
        bytes.putLong(at + 28, epoch);
        bytes.putLong(at + 36, first);
        bytes.putInt(at + CRC, crc(bytes, at));
    }

    /** Whether both places hold. */
    public static boolean isWhole(ByteBuffer bytes) {
        return get(bytes, 0).isPresent() && get(bytes, SECOND).isPresent();
    }

    /** Out of the first place that holds; empty when none does. */
    public static Optional<SegmentHeader> read(ByteBuffer bytes) {
        return get(bytes, 0).or(() -> get(bytes, SECOND));
    }

    /** The format that a place which holds says, when it is another one; else 0. */
    public static int otherVersion(ByteBuffer bytes) {
        int version = version(bytes, 0);
        return version != 0 ? version : version(bytes, SECOND);
    }

    private static int version(ByteBuffer bytes, int at) {
        return holds(bytes, at) && bytes.getInt(at + 8) != VERSION ? bytes.getInt(at + 8) : 0;
    }

    private static boolean holds(ByteBuffer bytes, int at) {
        return bytes.limit() >= at + CRC + 4 && bytes.getLong(at) == MAGIC && bytes.getInt(at + CRC) == crc(bytes, at);
    }

    private static Optional<SegmentHeader> get(ByteBuffer bytes, int at) {
        if (!holds(bytes, at) || bytes.getInt(at + 8) != VERSION) {
            return Optional.empty();
        }
        return Optional.of(new SegmentHeader(
                bytes.getLong(at + 12), bytes.getLong(at + 20), bytes.getLong(at + 28), bytes.getLong(at + 36)));
    }

    private static int crc(ByteBuffer bytes, int at) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().limit(at + CRC).position(at));
        return (int) crc.getValue();
    }
}
