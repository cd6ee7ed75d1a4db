// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

/**
 * DISCONNECT.
 *
 * @param reason Reason Code; 0 in version 3
 * @param properties empty in version 3
 */
public record Disconnect(int reason, PropertyList properties) implements Packet {
    /** Normal disconnection. */
    public static final Disconnect NORMAL = new Disconnect(0, PropertyList.NONE);

    @Override
    public PacketType type() {
        return PacketType.DISCONNECT;
    }

    @Override
    public byte[] encode(ProtocolVersion version) {
        WireWriter out = new WireWriter();
        if (version.hasProperties() && !equals(NORMAL)) {
            out.u8(reason).properties(version, properties);
        }
        return out.toPacket(type().firstByte());
    }
}
