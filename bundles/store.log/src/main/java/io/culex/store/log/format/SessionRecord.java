// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.format;

import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredWill;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The body of a session: number, expiry, end, protocol level, flags (bit 0: it has a will; bits 1 and 2: its kind), mount point,
 * client, and the will if there is one.
 */
public final class SessionRecord {
    private static final int FIXED = 26;
    private static final int WILL = 24;
    private static final int KIND_SHIFT = 1;
    private static final List<StoredSession.Kind> KINDS = List.of(StoredSession.Kind.values());

    private SessionRecord() {}

    /** The length of the body. */
    public static int length(StoredSession session) {
        StoredWill will = session.will();
        return FIXED
                + Text.size(session.mountPoint())
                + ClientText.size(session.client())
                + (will == null ? 0 : WILL + MessageRecord.length(will.message()));
    }

    /** Writes the body. */
    public static void put(Cursor cursor, StoredSession session) {
        StoredWill will = session.will();
        cursor.u64(session.number()).u64(session.expirySeconds()).u64(session.endsAtMillis());
        cursor.u8(session.protocolLevel())
                .u8((will == null ? 0 : 1) | session.kind().ordinal() << KIND_SHIFT);
        Text.put(cursor, session.mountPoint());
        ClientText.put(cursor, session.client());
        if (will != null) {
            cursor.u64(will.expirySeconds()).u64(will.delaySeconds()).u64(will.dueAtMillis());
            MessageRecord.put(cursor, will.message());
        }
    }

    /** Reads the body that begins there. */
    public static StoredSession get(ByteBuffer bytes, int body) {
        Cursor cursor = new Cursor().move(bytes, body);
        long number = cursor.u64();
        long expirySeconds = cursor.u64();
        long endsAtMillis = cursor.u64();
        int protocolLevel = cursor.u8();
        int flags = cursor.u8();
        return new StoredSession(
                number,
                Text.required(cursor),
                ClientText.get(cursor),
                protocolLevel,
                expirySeconds,
                endsAtMillis,
                (flags & 1) != 0 ? will(bytes, cursor) : null,
                KINDS.get(Math.min(flags >> KIND_SHIFT, KINDS.size() - 1)));
    }

    private static StoredWill will(ByteBuffer bytes, Cursor cursor) {
        long expirySeconds = cursor.u64();
        long delaySeconds = cursor.u64();
        long dueAtMillis = cursor.u64();
        StoredMessage message = new MessageView().look(bytes, cursor.at()).message();
        return new StoredWill(message, expirySeconds, delaySeconds, dueAtMillis);
    }
}
