// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.format;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import io.culex.api.store.StoredSubscription;
import java.nio.ByteBuffer;

/** The body of a subscription: session u64, options u8, Subscription Identifier u32, filter; the last alone when it is gone. */
public final class SubscriptionRecord {
    private static final int FIXED = 13;
    private static final int NO_LOCAL = 1 << 2;
    private static final int RETAIN_AS_PUBLISHED = 1 << 3;
    private static final int HANDLING_SHIFT = 4;

    private SubscriptionRecord() {}

    /** The length of the body. */
    public static int length(String filter) {
        return FIXED + Text.size(filter);
    }

    /** Writes the body of one that is there. */
    public static void put(Cursor cursor, long session, StoredSubscription subscription) {
        SubscribeOptions options = subscription.options();
        cursor.u64(session);
        cursor.u8(options.qos().level()
                | (options.noLocal() ? NO_LOCAL : 0)
                | (options.retainAsPublished() ? RETAIN_AS_PUBLISHED : 0)
                | options.retainHandling() << HANDLING_SHIFT);
        cursor.u32(options.identifier());
        Text.put(cursor, subscription.filter());
    }

    /** Writes the body of one that is gone. */
    public static void putGone(Cursor cursor, long session, String filter) {
        cursor.u64(session).u8(0).u32(0);
        Text.put(cursor, filter);
    }

    /** Reads the body that begins there. */
    public static StoredSubscription get(ByteBuffer bytes, int body) {
        Cursor cursor = new Cursor().move(bytes, body + 8);
        int options = cursor.u8();
        int identifier = cursor.u32();
        return new StoredSubscription(
                Text.required(cursor),
                new SubscribeOptions(
                        QoS.of(options & 3),
                        (options & NO_LOCAL) != 0,
                        (options & RETAIN_AS_PUBLISHED) != 0,
                        options >>> HANDLING_SHIFT & 3,
                        identifier));
    }

    /** Where the filter begins. */
    public static int filterAt(int body) {
        return body + FIXED + 4;
    }

    /** The length of the filter. */
    public static int filterLength(ByteBuffer bytes, int body) {
        return bytes.getInt(body + FIXED);
    }
}
