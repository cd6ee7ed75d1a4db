// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge.link;

import io.culex.codec.PacketWriter;
import org.jspecify.annotations.Nullable;

/** How messages are written for one connection: with their topic, its alias, or both, so that they are not too large. On the loop. */
final class Forms {
    private final boolean v5;
    private final long maxPacketBytes;
    private final TopicAliases aliases;

    /**
     * One way to write a message.
     *
     * @param alias of the topic; 0: none
     * @param topicBytes how many bytes of the topic are written: all, or none
     * @param propertiesBytes with the alias
     * @param remaining the Remaining Length
     */
    record Form(int alias, int topicBytes, int propertiesBytes, int remaining) {}

    Forms(boolean v5, long maxPacketBytes, int aliases) {
        this.v5 = v5;
        this.maxPacketBytes = maxPacketBytes;
        this.aliases = new TopicAliases(v5 ? aliases : 0);
    }

    /**
     * For one message; null: the other broker does not take it.
     *
     * @param properties how many bytes of properties it has
     */
    @Nullable
    Form of(RemoteTopics.Target target, int qos, int properties, int payload) {
        int topic = target.bytes().length;
        int known = aliases.known(target.topic());
        if (known != 0) {
            Form brief = form(known, 0, qos, properties, payload);
            if (fits(brief)) {
                return brief;
            }
        }
        // A topic of one or two bytes is shorter than its alias.
        Form plain = form(0, topic, qos, properties, payload);
        if (!fits(plain)) {
            return null;
        }
        if (known == 0 && aliases.hasRoom()) {
            Form longer = form(aliases.next(), topic, qos, properties, payload);
            if (fits(longer)) {
                aliases.give(target.topic());
                return longer;
            }
        }
        return plain;
    }

    private Form form(int alias, int topic, int qos, int properties, int payload) {
        int all = alias == 0 ? properties : properties + PacketWriter.TOPIC_ALIAS_BYTES;
        return new Form(alias, topic, all, PacketWriter.publishRemainingLength(v5, topic, qos, all, payload));
    }

    private boolean fits(Form form) {
        return form.remaining() <= PacketWriter.MAX_VARINT
                && PacketWriter.packetBytes(form.remaining()) <= maxPacketBytes;
    }
}
