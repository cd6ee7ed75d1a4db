// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.format;

import io.culex.api.store.Origin;
import io.culex.api.store.Receivers;
import io.culex.api.store.StoredClient;
import io.culex.api.store.StoredMessage;

/**
 * The body of a message: id u64, flags u8, spare u8, lengths of topic u16, properties u32 and payload u32, receivers u32;
 * as the flags say: original position u64, sender's session u64 and Packet Identifier u16, retained version u64, expiry u64,
 * publisher; the receivers (session u64, how u32, in a copy also the Packet Identifier u16 and the state u16); topic,
 * properties, payload.
 */
public final class MessageRecord {
    static final int FIXED = 24;
    static final int QOS = 3;
    static final int RETAIN = 1 << 2;
    static final int PUBLISHER = 1 << 3;
    static final int ORIGIN = 1 << 4;
    static final int VERSION = 1 << 5;
    static final int EXPIRY = 1 << 6;
    static final int COPY = 1 << 7;
    static final int RECEIVER = 12;
    static final int COPIED_RECEIVER = 16;

    private MessageRecord() {}

    /** The length of the body. */
    public static int length(StoredMessage message, Receivers receivers, Origin origin) {
        return length(message, origin) + receivers.size() * RECEIVER;
    }

    private static int length(StoredMessage message, Origin origin) {
        StoredClient publisher = message.publisher();
        long length = (long) FIXED
                + (origin.packetId() != 0 ? 10 : 0)
                + (origin.retainedVersion() != 0 ? 8 : 0)
                + (message.expiresAtMillis() != 0 ? 8 : 0)
                + (publisher != null ? ClientText.size(publisher) : 0)
                + message.topic().length
                + message.properties().length
                + message.payload().length;
        if (length > Frame.MAX_BODY) {
            throw new IllegalArgumentException("a message of " + length + " bytes cannot be kept");
        }
        return (int) length;
    }

    /** Writes the body. */
    public static void put(Cursor cursor, StoredMessage message, Receivers receivers, Origin origin) {
        head(cursor, message, origin, receivers.size());
        for (int i = 0; i < receivers.size(); i++) {
            cursor.u64(receivers.session(i)).u32(receivers.how(i));
        }
        cursor.bytes(message.topic()).bytes(message.properties()).bytes(message.payload());
    }

    static int length(StoredMessage message) {
        return length(message, Origin.NONE);
    }

    static void put(Cursor cursor, StoredMessage message) {
        head(cursor, message, Origin.NONE, 0);
        cursor.bytes(message.topic()).bytes(message.properties()).bytes(message.payload());
    }

    private static void head(Cursor cursor, StoredMessage message, Origin origin, int receivers) {
        StoredClient publisher = message.publisher();
        int flags = message.qos()
                | (message.retain() ? RETAIN : 0)
                | (publisher != null ? PUBLISHER : 0)
                | (origin.packetId() != 0 ? ORIGIN : 0)
                | (origin.retainedVersion() != 0 ? VERSION : 0)
                | (message.expiresAtMillis() != 0 ? EXPIRY : 0);
        cursor.u64(message.id()).u8(flags).u8(0).u16(message.topic().length);
        cursor.u32(message.properties().length).u32(message.payload().length).u32(receivers);
        if (origin.packetId() != 0) {
            cursor.u64(origin.session()).u16(origin.packetId());
        }
        if (origin.retainedVersion() != 0) {
            cursor.u64(origin.retainedVersion());
        }
        if (message.expiresAtMillis() != 0) {
            cursor.u64(message.expiresAtMillis());
        }
        if (publisher != null) {
            ClientText.put(cursor, publisher);
        }
    }
}
