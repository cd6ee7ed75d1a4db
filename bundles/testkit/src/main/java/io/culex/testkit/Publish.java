// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * PUBLISH.
 *
 * @param topic Topic Name; empty with an alias
 * @param payload the Application Message
 * @param flags QoS, DUP and RETAIN as in the low half of the first byte
 * @param id Packet Identifier; not sent with QoS 0
 * @param properties empty in version 3
 */
public record Publish(String topic, byte[] payload, int flags, int id, PropertyList properties) implements Packet {
    private static final int DUP = 8;
    private static final int RETAIN = 1;

    /** QoS 0, neither DUP nor RETAIN, no properties. */
    public static Publish to(String topic, String payload) {
        return new Publish(topic, payload.getBytes(StandardCharsets.UTF_8), 0, 0, PropertyList.NONE);
    }

    /** The same with a QoS above 0, or 3, and its identifier. */
    public Publish qos(int qos, int packetId) {
        return new Publish(topic, payload, (flags & ~6) | qos << 1, packetId, properties);
    }

    /** The same with RETAIN. */
    public Publish retained() {
        return new Publish(topic, payload, flags | RETAIN, id, properties);
    }

    /** The same with DUP. */
    public Publish duplicate() {
        return new Publish(topic, payload, flags | DUP, id, properties);
    }

    /** The same with other bytes. */
    public Publish payload(byte[] other) {
        return new Publish(topic, other, flags, id, properties);
    }

    /** The same with one more property. */
    public Publish with(PropertyId property, Object value) {
        return new Publish(topic, payload, flags, id, properties.with(property, value));
    }

    /** The same with these properties. */
    public Publish with(PropertyList other) {
        return new Publish(topic, payload, flags, id, other);
    }

    /** 0, 1 or 2. */
    public int qos() {
        return flags >> 1 & 3;
    }

    /** The DUP flag. */
    public boolean dup() {
        return (flags & DUP) != 0;
    }

    /** The RETAIN flag. */
    public boolean retain() {
        return (flags & RETAIN) != 0;
    }

    /** The payload as UTF-8. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    @Override
    public PacketType type() {
        return PacketType.PUBLISH;
    }

    @Override
    public byte[] encode(ProtocolVersion version) {
        WireWriter out = new WireWriter().string(topic);
        if (qos() > 0) {
            out.u16(id);
        }
        return out.properties(version, properties).bytes(payload).toPacket(type().firstByte() | flags);
    }

    @Override
    public String toString() {
        String shown = payload.length > 64 ? payload.length + " bytes" : text();
        return "Publish[topic=" + topic + ", q" + qos() + (dup() ? ", dup" : "") + (retain() ? ", retain" : "")
                + ", id=" + id + ", payload=" + shown + ", properties=" + properties.all() + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Publish that
                && topic.equals(that.topic)
                && Arrays.equals(payload, that.payload)
                && flags == that.flags
                && id == that.id
                && properties.equals(that.properties);
    }

    @Override
    public int hashCode() {
        return topic.hashCode() * 31 + Arrays.hashCode(payload);
    }
}
