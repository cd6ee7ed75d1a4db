// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

/**
 * PUBACK, PUBREC, PUBREL or PUBCOMP.
 *
 * @param type which of them
 * @param id Packet Identifier
 * @param reason Reason Code; 0 in version 3
 * @param properties empty in version 3
 */
public record Ack(PacketType type, int id, int reason, PropertyList properties) implements Packet {
    /** PUBACK, success. */
    public static Ack puback(int id) {
        return new Ack(PacketType.PUBACK, id, 0, PropertyList.NONE);
    }

    /** PUBREC, success. */
    public static Ack pubrec(int id) {
        return new Ack(PacketType.PUBREC, id, 0, PropertyList.NONE);
    }

    /** PUBREL, success. */
    public static Ack pubrel(int id) {
        return new Ack(PacketType.PUBREL, id, 0, PropertyList.NONE);
    }

    /** PUBCOMP, success. */
    public static Ack pubcomp(int id) {
        return new Ack(PacketType.PUBCOMP, id, 0, PropertyList.NONE);
    }

    /** The same with another Reason Code. */
    public Ack withReason(int code) {
        return new Ack(type, id, code, properties);
    }

    /** The same with other properties. */
    public Ack with(PropertyList other) {
        return new Ack(type, id, reason, other);
    }

    @Override
    public byte[] encode(ProtocolVersion version) {
        WireWriter out = new WireWriter().u16(id);
        if (version.hasProperties() && (reason != 0 || !properties.all().isEmpty())) {
            out.u8(reason);
            if (!properties.all().isEmpty()) {
                out.properties(version, properties);
            }
        }
        return out.toPacket(type.firstByte());
    }
}
