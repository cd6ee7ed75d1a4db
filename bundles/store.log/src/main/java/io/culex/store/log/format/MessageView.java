// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.format;

import io.culex.api.store.StoredClient;
import io.culex.api.store.StoredMessage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the body of a message without making objects of it. Used again for each record; for one thread. */
public final class MessageView {
    private final Cursor cursor = new Cursor();
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private long id;
    private int flags;
    private int topicLength;
    private int propertiesLength;
    private int payloadLength;
    private int receivers;
    private long position;
    private long originSession;
    private int originPacketId;
    private long retainedVersion;
    private long expiresAtMillis;
    private int publisherAt;
    private int receiversAt;
    private int topicAt;

    /** Looks at the body that begins there. */
    public MessageView look(ByteBuffer buffer, int body) {
        bytes = buffer;
        cursor.move(buffer, body);
        id = cursor.u64();
        flags = cursor.u8();
        topicLength = cursor.skip(1).u16();
        propertiesLength = cursor.u32();
        payloadLength = cursor.u32();
        receivers = cursor.u32();
        position = has(MessageRecord.COPY) ? cursor.u64() : 0;
        originSession = has(MessageRecord.ORIGIN) ? cursor.u64() : 0;
        originPacketId = has(MessageRecord.ORIGIN) ? cursor.u16() : 0;
        retainedVersion = has(MessageRecord.VERSION) ? cursor.u64() : 0;
        expiresAtMillis = has(MessageRecord.EXPIRY) ? cursor.u64() : 0;
        publisherAt = cursor.at();
        if (has(MessageRecord.PUBLISHER)) {
            for (int i = 0; i < 3; i++) {
                cursor.skip(Math.max(0, cursor.u32()));
            }
        }
        receiversAt = cursor.at();
        topicAt = receiversAt + receivers * receiverSize();
        return this;
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private int receiverSize() {
        return isCopy() ? MessageRecord.COPIED_RECEIVER : MessageRecord.RECEIVER;
    }

    /** Its id. */
    public long id() {
        return id;
    }

    /** Whether it was written by cleaning: it says how things stand, not what has happened. */
    public boolean isCopy() {
        return has(MessageRecord.COPY);
    }

    /** Where it stood in the log at first; 0 when it still stands there. */
    public long position() {
        return position;
    }

    /** Whether the sender's Packet Identifier is in it. */
    public boolean hasOrigin() {
        return has(MessageRecord.ORIGIN);
    }

    /** The sender's session. */
    public long originSession() {
        return originSession;
    }

    /** The sender's Packet Identifier. */
    public int originPacketId() {
        return originPacketId;
    }

    /** The version by which it is retained; 0: it is not. */
    public long retainedVersion() {
        return retainedVersion;
    }

    /** How many receivers it names. */
    public int receivers() {
        return receivers;
    }

    /** The session of a receiver. */
    public long session(int receiver) {
        return bytes.getLong(receiversAt + receiver * receiverSize());
    }

    /** How it goes to a receiver. */
    public int how(int receiver) {
        return bytes.getInt(receiversAt + receiver * receiverSize() + 8);
    }

    /** Packet Identifier and state at a receiver as in {@link Sending}; 0 unless this is a copy. */
    public int sending(int receiver) {
        return isCopy() ? bytes.getInt(receiversAt + receiver * receiverSize() + 12) : 0;
    }

    /** The length of the payload. */
    public int payloadLength() {
        return payloadLength;
    }

    /** Where the topic begins. */
    public int topicAt() {
        return topicAt;
    }

    /** The length of the topic. */
    public int topicLength() {
        return topicLength;
    }

    /** The message. */
    public StoredMessage message() {
        @Nullable
        StoredClient publisher = has(MessageRecord.PUBLISHER) ? ClientText.get(cursor.move(bytes, publisherAt)) : null;
        cursor.move(bytes, topicAt);
        return new StoredMessage(
                id,
                cursor.bytes(topicLength),
                cursor.bytes(propertiesLength),
                cursor.bytes(payloadLength),
                flags & MessageRecord.QOS,
                has(MessageRecord.RETAIN),
                expiresAtMillis,
                publisher);
    }

    /** The end of the body. */
    public int end() {
        return topicAt + topicLength + propertiesLength + payloadLength;
    }

    /** The length of the body of a copy with these roles only. */
    public int copyLength(boolean origin, boolean retained, int receiverCount) {
        return MessageRecord.FIXED
                + 8
                + (origin ? 10 : 0)
                + (retained ? 8 : 0)
                + (has(MessageRecord.EXPIRY) ? 8 : 0)
                + (receiversAt - publisherAt)
                + receiverCount * MessageRecord.COPIED_RECEIVER
                + (end() - topicAt);
    }

    /**
     * Writes the body of a copy up to its receivers, which the caller writes (session u64, how u32, sending u32) before it
     * calls {@link #copyRest}.
     *
     * @param at where this one stands in the log
     */
    public void copyHead(Cursor target, long at, boolean origin, boolean retained, int receiverCount) {
        int kept = flags & ~(MessageRecord.ORIGIN | MessageRecord.VERSION);
        target.u64(id)
                .u8(kept
                        | MessageRecord.COPY
                        | (origin ? MessageRecord.ORIGIN : 0)
                        | (retained ? MessageRecord.VERSION : 0));
        target.u8(0).u16(topicLength).u32(propertiesLength).u32(payloadLength).u32(receiverCount);
        target.u64(isCopy() ? position : at);
        if (origin) {
            target.u64(originSession).u16(originPacketId);
        }
        if (retained) {
            target.u64(retainedVersion);
        }
        if (has(MessageRecord.EXPIRY)) {
            target.u64(expiresAtMillis);
        }
        target.from(bytes, publisherAt, receiversAt - publisherAt);
    }

    /** Writes what comes after the receivers. */
    public void copyRest(Cursor target) {
        target.from(bytes, topicAt, end() - topicAt);
    }
}
