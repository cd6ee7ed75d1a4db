// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

/**
 * AUTH.
 *
 * @param reason Reason Code
 * @param properties the method is required
 */
public record Auth(int reason, PropertyList properties) implements Packet {
    @Override
    public PacketType type() {
        return PacketType.AUTH;
    }

    @Override
    public byte[] encode(ProtocolVersion version) {
        WireWriter out = new WireWriter();
        if (reason != 0 || !properties.all().isEmpty()) {
            out.u8(reason).properties(version, properties);
        }
        return out.toPacket(type().firstByte());
    }
}
