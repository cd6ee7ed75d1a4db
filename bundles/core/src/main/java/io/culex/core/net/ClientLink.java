// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.auth.Peer;
import io.culex.api.config.BrokerSettings;
import io.culex.api.message.ReasonCode;
import io.culex.codec.PacketType;
import io.culex.codec.PacketWriter;
import io.culex.codec.ProtocolVersion;
import io.culex.codec.PublishFrame;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Failure;
import io.culex.core.route.Inbound;
import io.culex.core.route.Publication;
import io.culex.core.session.Link;
import io.culex.core.session.Outgoing;
import io.culex.core.session.Session;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The receiving side of a connection: writes the PUBLISH packets of its session. On the session's loop. */
final class ClientLink implements Link {
    private final Connection connection;
    private final Output output;
    private final ProtocolVersion version;
    private final boolean v5;
    private final long maximumPacketSize;
    private final int mountLength;
    private final TopicAliases aliases;
    private boolean stalled;
    private boolean broken;

    ClientLink(Connection connection, Output output, ProtocolVersion version, LinkLimits limits) {
        this.connection = connection;
        this.output = output;
        this.version = version;
        this.v5 = version.isV5();
        this.maximumPacketSize = limits.maximumPacketSize();
        this.mountLength = limits.mountLength();
        this.aliases =
                limits.topicAliasMaximum() == 0 ? TopicAliases.NONE : new TopicAliases(limits.topicAliasMaximum());
    }

    /**
     * What the client set for what it receives.
     *
     * @param maximumPacketSize in bytes; Long.MAX_VALUE without one
     * @param topicAliasMaximum how many aliases it takes
     * @param mountLength bytes of the mount point, which it never sees
     */
    record LinkLimits(long maximumPacketSize, int topicAliasMaximum, int mountLength) {}

    @Override
    public boolean isReady() {
        boolean ready = !broken && output.isReady();
        stalled |= !ready;
        return ready;
    }

    /** The output has been flushed: whoever waited for that goes on. */
    void flushed() {
        if (connection.paused().isFor(Pause.OUTPUT) && !output.isClogged()) {
            connection.loop().execute(() -> connection.resume(Pause.OUTPUT));
        }
        if (stalled && output.isReady()) {
            stalled = false;
            connection.session().resume();
        }
    }

    /** What the client of a session's link had sent before it left is read, before another one takes that link's place. */
    static void finish(Session session) {
        if (session.link() instanceof ClientLink there) {
            there.connection.leaving().takenOver();
        }
    }

    @Override
    public boolean send(Inbound message, boolean retain, int subscriptionIdentifier) {
        PublishFrame frame = message.frameFor(v5);
        if (frame == null || subscriptionIdentifier != 0 || mountLength != 0 || aliases.isUsed()) {
            return send(message.keep(), Outgoing.of(0, retain, subscriptionIdentifier), 0, false);
        }
        int length = frame.frameLength();
        if (length > maximumPacketSize || isOverfull(frame.payloadLength())) {
            return false;
        }
        ByteBuf out = room(length);
        if (out == null) {
            return false;
        }
        int at = out.writerIndex();
        out.writeBytes(frame.buffer(), frame.frameIndex(), length);
        if (retain != frame.retain()) {
            out.setByte(at, PacketWriter.firstByte(0, false, retain));
        }
        count(frame.payloadLength());
        if (connection.journal().isDetailed()) {
            connection
                    .journal()
                    .sendingPublish(
                            PacketWriter.firstByte(0, false, retain),
                            0,
                            message.route().text(),
                            frame.payloadLength(),
                            frame::payloadBytes);
        }
        return true;
    }

    @Override
    public boolean send(Publication message, Outgoing how, int packetId, boolean dup) {
        byte[] payload = message.payload();
        if (packetId == 0 && isOverfull(payload.length)) {
            return false;
        }
        byte[] topic = message.topic();
        byte[] properties = message.properties();
        long expiry = v5 ? message.remainingSeconds(connection.loop().clock()) : -1;
        int identifier = v5 ? how.subscriptionIdentifier() : 0;
        int alone = v5 ? properties.length + ownLength(expiry, identifier) : 0;
        int alias = aliases.isUsed() ? aliases.known(topic) : 0;
        int topicLength = alias != 0 ? 0 : topic.length - mountLength;
        int propertiesLength = alias == 0 ? alone : alone + PacketWriter.TOPIC_ALIAS_BYTES;
        int remaining =
                PacketWriter.publishRemainingLength(v5, topicLength, how.qos(), propertiesLength, payload.length);
        if (alias != 0 && !fits(remaining)) {
            // A topic of one or two bytes is shorter than its alias.
            alias = 0;
            topicLength = topic.length - mountLength;
            propertiesLength = alone;
            remaining = PacketWriter.publishRemainingLength(v5, topicLength, how.qos(), alone, payload.length);
        }
        if (!fits(remaining)) {
            return false;
        }
        if (alias == 0 && aliases.hasRoom()) {
            int more = alone + PacketWriter.TOPIC_ALIAS_BYTES;
            int longer = PacketWriter.publishRemainingLength(v5, topicLength, how.qos(), more, payload.length);
            if (fits(longer)) {
                alias = aliases.give(topic);
                propertiesLength = more;
                remaining = longer;
            }
        }
        ByteBuf out = room(length(remaining));
        if (out == null) {
            return packetId != 0; // what is in flight goes again on the next connection
        }
        int first = PacketWriter.firstByte(how.qos(), dup, how.retain());
        PacketWriter.publishHead(
                out, v5, first, remaining, topic, topic.length - topicLength, topicLength, packetId, propertiesLength);
        if (v5) {
            writeProperties(out, properties, alias, expiry, identifier);
        }
        out.writeBytes(payload);
        count(payload.length);
        if (connection.journal().isDetailed()) {
            String name = new String(topic, mountLength, topic.length - mountLength, StandardCharsets.UTF_8);
            connection.journal().sendingPublish(first, packetId, name, payload.length, () -> payload);
        }
        return true;
    }

    /** What this receiver's packet has beside the properties that are handed on. */
    private static int ownLength(long expiry, int identifier) {
        return (expiry < 0 ? 0 : PacketWriter.EXPIRY_BYTES)
                + (identifier == 0 ? 0 : 1 + PacketWriter.varintLength(identifier));
    }

    private boolean fits(int remaining) {
        return remaining <= PacketWriter.MAX_VARINT && length(remaining) <= maximumPacketSize;
    }

    private static int length(int remaining) {
        return 1 + PacketWriter.varintLength(remaining) + remaining;
    }

    /**
     * The buffer with room for a whole packet: of one for which there is no memory nothing must be written, or the client would
     * take what follows for its end. That client's connection ends, which frees what waits for it; null from then on.
     */
    private @Nullable ByteBuf room(int bytes) {
        if (broken) {
            return null;
        }
        try {
            ByteBuf out = output.packet(PacketType.PUBLISH);
            out.ensureWritable(bytes);
            return out;
        } catch (OutOfMemoryError e) {
            broken = true;
            Failure.report(e);
            connection.loop().execute(() -> connection.context().close());
            return null;
        }
    }

    private static void writeProperties(ByteBuf out, byte[] forwarded, int alias, long expiry, int identifier) {
        if (alias != 0) {
            PacketWriter.topicAliasProperty(out, alias);
        }
        if (expiry >= 0) {
            PacketWriter.expiryProperty(out, expiry);
        }
        if (identifier != 0) {
            PacketWriter.subscriptionIdentifierProperty(out, identifier);
        }
        out.writeBytes(forwarded);
    }

    /** The client does not read, and as many packets wait for it as may (SPEC H.2), or bytes, or for all together. */
    private boolean isOverfull(int more) {
        return !output.flows() && (isFilled() || connection.services().isMemoryFull(more));
    }

    private boolean isFilled() {
        BrokerSettings.Limits limits = connection.doorway().broker().limits();
        int packets = limits.maxQueuedMessages();
        return (packets > 0 && output.stalledPackets() >= packets)
                || output.stalledBytes() >= Math.max(MOST_QOS0_BYTES, limits.maxQueuedBytes());
    }

    private void count(int payload) {
        connection.loop().counters().increment(Counter.PUBLISH_SENT);
        connection.loop().counters().add(Counter.PUBLISH_BYTES_SENT, payload);
    }

    @Override
    public int backlog() {
        int packets = output.stalledPackets();
        if (packets == 0) {
            return 0;
        }
        stalled = true;
        // The bytes are as near to their limit as so many packets to theirs.
        long limit = connection.doorway().broker().limits().maxQueuedMessages();
        return Math.max(packets, (int) Math.min(Integer.MAX_VALUE, limit * output.stalledBytes() / MOST_QOS0_BYTES));
    }

    @Override
    public void release(int packetId) {
        PacketWriter.acknowledge(output.packet(PacketType.PUBREL), PacketType.PUBREL, packetId);
    }

    @Override
    public void holdUntilKept() {
        output.hold();
    }

    @Override
    public void close(ReasonCode reason) {
        connection.end(reason, Goodbye.of(reason));
    }

    @Override
    public void lookAgain() {
        connection.packets().login().lookAgain();
    }

    @Override
    public int protocolLevel() {
        return version.level();
    }

    @Override
    public Peer peer() {
        return connection.peer();
    }
}
