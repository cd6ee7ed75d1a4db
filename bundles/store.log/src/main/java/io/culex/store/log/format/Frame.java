// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.format;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What stands round every record, in little endian: length of the body (u32), CRC-32C of all that follows it, mixed with the
 * segment's salt (u32), type (u8), a spare byte, and a check of length and type (u16), by which a reader that has lost its
 * way tells the beginning of a record from what looks like one. Then the body, and zeros up to a multiple of 8.
 */
public final class Frame {
    /** Bytes before the body. */
    public static final int HEADER = 12;
    /** The longest body: more than the longest packet of MQTT. */
    public static final int MAX_BODY = 1 << 29;

    private static final int CRC = 4;
    private static final int TYPE = 8;
    private static final int CHECK = 10;

    private Frame() {}

    /** Bytes of the record with a body of that length. */
    public static int size(int bodyLength) {
        return (HEADER + bodyLength + 7) & ~7;
    }

    /** Writes type and check; length and CRC come later. */
    public static void begin(ByteBuffer bytes, int at, int type, int bodyLength) {
        bytes.put(at + TYPE, (byte) type);
        bytes.put(at + TYPE + 1, (byte) 0);
        bytes.putShort(at + CHECK, check(type, bodyLength));
    }

    /** Zeros the bytes between the end of the body and the end of the record. */
    public static void pad(ByteBuffer bytes, int at, int bodyLength) {
        for (int i = at + HEADER + bodyLength; i < at + size(bodyLength); i++) {
            bytes.put(i, (byte) 0);
        }
    }

    /** Writes the CRC of a record that is complete otherwise. */
    public static void seal(ByteBuffer bytes, int at, int bodyLength, int salt, CRC32C crc) {
        bytes.putInt(at + CRC, crc(bytes, at, bodyLength, salt, crc));
    }

    /** The length that stands there; tells nothing about whether a record is there. */
    public static int length(ByteBuffer bytes, int at) {
        return bytes.getInt(at);
    }

    /** The type that stands there. */
    public static int type(ByteBuffer bytes, int at) {
        return bytes.get(at + TYPE);
    }

    /** Whether length and type that stand there can be those of a record. */
    public static boolean begins(ByteBuffer bytes, int at) {
        int length = length(bytes, at);
        int type = type(bytes, at);
        return length > 0
                && length <= MAX_BODY
                && type > 0
                && type <= RecordType.LAST
                && bytes.getShort(at + CHECK) == check(type, length);
    }

    /** Whether the record is as it was written. */
    public static boolean holds(ByteBuffer bytes, int at, int bodyLength, int salt, CRC32C crc) {
        return bytes.getInt(at + CRC) == crc(bytes, at, bodyLength, salt, crc);
    }

    private static int crc(ByteBuffer bytes, int at, int bodyLength, int salt, CRC32C crc) {
        crc.reset();
        int limit = bytes.limit();
        int position = bytes.position();
        bytes.limit(at + HEADER + bodyLength).position(at + TYPE);
        crc.update(bytes);
        bytes.limit(limit).position(position);
        return (int) crc.getValue() ^ salt;
    }

    private static short check(int type, int length) {
        int mixed = length * 0x9E3779B1 ^ type * 0x85EBCA6B;
        return (short) (mixed ^ mixed >>> 16);
    }
}
