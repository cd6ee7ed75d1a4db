// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A place in a buffer that moves on with what is written or read. It uses absolute access only, so several may work on one
 * buffer at different places. Used again for each record; for one thread.
 */
public final class Cursor {
    private static final ByteBuffer NOWHERE = ByteBuffer.allocate(0);

    private ByteBuffer bytes = NOWHERE;
    private int at;

    /** Puts it to a place of a buffer, which must be in little endian. */
    public Cursor move(ByteBuffer buffer, int place) {
        assert buffer.order() == ByteOrder.LITTLE_ENDIAN;
        bytes = buffer;
        at = place;
        return this;
    }

    /** Where it is. */
    public int at() {
        return at;
    }

    /** Leaves out that many bytes. */
    public Cursor skip(int count) {
        at += count;
        return this;
    }

    /** Writes one byte. */
    public Cursor u8(int value) {
        bytes.put(at++, (byte) value);
        return this;
    }

    /** Writes two bytes. */
    public Cursor u16(int value) {
        bytes.putShort(at, (short) value);
        at += 2;
        return this;
    }

    /** Writes four bytes. */
    public Cursor u32(int value) {
        bytes.putInt(at, value);
        at += 4;
        return this;
    }

    /** Writes eight bytes. */
    public Cursor u64(long value) {
        bytes.putLong(at, value);
        at += 8;
        return this;
    }

    /** Writes all of them. */
    public Cursor bytes(byte[] value) {
        bytes.put(at, value);
        at += value.length;
        return this;
    }

    /** Writes bytes of another buffer. */
    public Cursor from(ByteBuffer source, int place, int count) {
        bytes.put(at, source, place, count);
        at += count;
        return this;
    }

    /** Reads one byte. */
    public int u8() {
        return bytes.get(at++) & 0xFF;
    }

    /** Reads two bytes. */
    public int u16() {
        int value = bytes.getShort(at) & 0xFFFF;
        at += 2;
        return value;
    }

    /** Reads four bytes. */
    public int u32() {
        int value = bytes.getInt(at);
        at += 4;
        return value;
    }

    /** Reads eight bytes. */
    public long u64() {
        long value = bytes.getLong(at);
        at += 8;
        return value;
    }

    /** Reads that many. */
    public byte[] bytes(int count) {
        byte[] value = new byte[count];
        bytes.get(at, value);
        at += count;
        return value;
    }
}
