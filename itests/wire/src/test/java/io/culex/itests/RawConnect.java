// SPDX-License-Identifier: Apache-2.0
package io.culex.itests;

import io.culex.testkit.WireWriter;

/** CONNECT packets that are wrong in ways no builder would make them. */
public final class RawConnect {
    private static final int CONNECT = 0x10;

    private RawConnect() {}

    /** Version 5, clean start, with these bytes as properties (without their length) and after them the payload. */
    public static byte[] v5(byte[] properties, byte[] payload) {
        return v5(0x02, properties, payload);
    }

    /** Version 5 with these Connect Flags. */
    public static byte[] v5(int flags, byte[] properties, byte[] payload) {
        return new WireWriter()
                .string("MQTT")
                .u8(5)
                .u8(flags)
                .u16(60)
                .variable(properties.length)
                .bytes(properties)
                .bytes(payload)
                .toPacket(CONNECT);
    }

    /** Bytes from ints. */
    public static byte[] bytes(int... values) {
        WireWriter out = new WireWriter();
        for (int value : values) {
            out.u8(value);
        }
        return out.toBytes();
    }
}
