// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.util.List;

/**
 * SUBACK or UNSUBACK.
 *
 * @param type which of them
 * @param id Packet Identifier
 * @param reasons one for each Topic Filter; none in an UNSUBACK of version 3
 * @param properties empty in version 3
 */
public record Suback(PacketType type, int id, List<Integer> reasons, PropertyList properties) implements Packet {
    public Suback {
        reasons = List.copyOf(reasons);
    }

    @Override
    public byte[] encode(ProtocolVersion version) {
        WireWriter out = new WireWriter().u16(id).properties(version, properties);
        reasons.forEach(out::u8);
        return out.toPacket(type.firstByte());
    }
}
