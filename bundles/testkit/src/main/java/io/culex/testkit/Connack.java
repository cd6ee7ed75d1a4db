// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

/**
 * The answer to CONNECT.
 *
 * @param sessionPresent the flag
 * @param reason Connect Reason Code, or return code in version 3
 * @param properties empty in version 3
 */
public record Connack(boolean sessionPresent, int reason, PropertyList properties) implements Packet {
    @Override
    public PacketType type() {
        return PacketType.CONNACK;
    }

    @Override
    public byte[] encode(ProtocolVersion version) {
        return new WireWriter()
                .u8(sessionPresent ? 1 : 0)
                .u8(reason)
                .properties(version, properties)
                .toPacket(type().firstByte());
    }
}
