// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

/**
 * PINGREQ or PINGRESP.
 *
 * @param type which of them
 */
public record Ping(PacketType type) implements Packet {
    @Override
    public byte[] encode(ProtocolVersion version) {
        return new WireWriter().toPacket(type.firstByte());
    }
}
