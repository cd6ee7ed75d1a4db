// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * SUBSCRIBE.
 *
 * @param id Packet Identifier
 * @param filters Topic Filter to the byte of its Subscription Options, in the order of the wire
 * @param properties not sent in version 3
 */
public record Subscribe(int id, Map<String, Integer> filters, PropertyList properties) implements Packet {
    /** Subscription option: No Local. */
    public static final int NO_LOCAL = 0x04;
    /** Subscription option: Retain As Published. */
    public static final int RETAIN_AS_PUBLISHED = 0x08;
    /** Retain Handling 1: retained messages only for a new subscription. */
    public static final int RETAIN_IF_NEW = 0x10;
    /** Retain Handling 2: no retained messages. */
    public static final int RETAIN_NEVER = 0x20;

    public Subscribe {
        filters = new LinkedHashMap<>(filters);
    }

    /** One filter. */
    public static Subscribe to(int id, String filter, int options) {
        return new Subscribe(id, Map.of(filter, options), PropertyList.NONE);
    }

    /** The same with one more filter. */
    public Subscribe and(String filter, int options) {
        Map<String, Integer> more = new LinkedHashMap<>(filters);
        more.put(filter, options);
        return new Subscribe(id, more, properties);
    }

    /** The same with other properties. */
    public Subscribe with(PropertyList other) {
        return new Subscribe(id, filters, other);
    }

    @Override
    public PacketType type() {
        return PacketType.SUBSCRIBE;
    }

    @Override
    public byte[] encode(ProtocolVersion version) {
        WireWriter out = new WireWriter().u16(id).properties(version, properties);
        filters.forEach((filter, options) -> out.string(filter).u8(options));
        return out.toPacket(type().firstByte());
    }
}
