// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.util.List;

/**
 * UNSUBSCRIBE.
 *
 * @param id Packet Identifier
 * @param filters Topic Filters
 * @param properties not sent in version 3
 */
public record Unsubscribe(int id, List<String> filters, PropertyList properties) implements Packet {
    public Unsubscribe {
        filters = List.copyOf(filters);
    }

    /** From these filters. */
    public static Unsubscribe from(int id, String... filters) {
        return new Unsubscribe(id, List.of(filters), PropertyList.NONE);
    }

    @Override
    public PacketType type() {
        return PacketType.UNSUBSCRIBE;
    }

    @Override
    public byte[] encode(ProtocolVersion version) {
        WireWriter out = new WireWriter().u16(id).properties(version, properties);
        filters.forEach(out::string);
        return out.toPacket(type().firstByte());
    }
}
