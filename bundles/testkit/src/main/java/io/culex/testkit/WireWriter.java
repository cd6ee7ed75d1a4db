// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Puts the data types of MQTT into bytes. It checks nothing: tests of bad input need that. */
public final class WireWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** One byte, the low 8 bits of {@code value}. */
    public WireWriter u8(int value) {
        out.write(value);
        return this;
    }

    /** A Two Byte Integer. */
    public WireWriter u16(int value) {
        return u8(value >> 8).u8(value);
    }

    /** A Four Byte Integer. */
    public WireWriter u32(long value) {
        return u16((int) (value >> 16)).u16((int) value);
    }

    /** A Variable Byte Integer in its shortest form. */
    public WireWriter variable(long value) {
        long rest = value;
        while (rest > 0x7F) {
            u8((int) (rest & 0x7F) | 0x80);
            rest >>= 7;
        }
        return u8((int) rest);
    }

    /** A UTF-8 Encoded String. */
    public WireWriter string(String text) {
        return binary(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Binary Data: a length of two bytes, then the bytes; also a string of bytes that are not UTF-8. */
    public WireWriter binary(byte[] bytes) {
        return u16(bytes.length).bytes(bytes);
    }

    /** The bytes as they are. */
    public WireWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** The properties with their Property Length; nothing in versions without properties. */
    public WireWriter properties(ProtocolVersion version, PropertyList properties) {
        if (!version.hasProperties()) {
            return this;
        }
        byte[] encoded = properties.encode();
        return variable(encoded.length).bytes(encoded);
    }

    /** What was written so far. */
    public byte[] toBytes() {
        return out.toByteArray();
    }

    /** What was written so far as the body of a packet with this first byte and a correct Remaining Length. */
    public byte[] toPacket(int firstByte) {
        return new WireWriter()
                .u8(firstByte)
                .variable(out.size())
                .bytes(toBytes())
                .toBytes();
    }
}
