// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.write;

import io.culex.api.store.Kept;
import io.culex.api.store.Loaded;
import io.culex.api.store.Origin;
import io.culex.api.store.Receivers;
import io.culex.api.store.StoreLane;
import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredSubscription;
import io.culex.store.log.format.Cursor;
import io.culex.store.log.format.Frame;
import io.culex.store.log.format.MessageRecord;
import io.culex.store.log.format.RecordType;
import io.culex.store.log.format.SessionRecord;
import io.culex.store.log.format.SubscriptionRecord;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Writes each operation as a record into the common queue. Until it is committed, its CRC is the number of the lane. */
public final class LogLane implements StoreLane {
    private static final int REFERENCE = 22;
    private static final int INBOUND = 10;
    private static final Receivers NOBODY = new Receivers();

    private final Ring ring;
    private final Ids ids;
    private final int number;
    private final Kept kept;
    private final Requests requests;
    private final ConcurrentLinkedQueue<Runnable> pending = new ConcurrentLinkedQueue<>();
    private final Cursor cursor = new Cursor();
    private Chunk chunk;
    private int place;
    private int bodyLength;
    private long nextId;
    private long lastId;
    private long taken;
    /** Operations that failed before they had a place, and for which nothing stands yet. */
    private int missed;

    private volatile long written;
    // For the commit thread:
    private long operations;
    private long batchBytes;
    private boolean inBatch;
    private boolean failed;

    LogLane(Ring ring, Ids ids, int number, Kept kept, Requests requests) {
        this.ring = ring;
        this.ids = ids;
        this.number = number;
        this.kept = kept;
        this.requests = requests;
        this.chunk = ring.nothing();
    }

    void claimed(Chunk in, int at) {
        chunk = in;
        place = at;
    }

    private Cursor begin(int type, int length) {
        if (missed > 0) {
            makeUp();
        }
        claim(type, length);
        return cursor.move(chunk.bytes(), place + Frame.HEADER);
    }

    private void claim(int type, int length) {
        ring.claim(this, Frame.size(length));
        bodyLength = length;
        head(type);
    }

    private void head(int type) {
        Frame.begin(chunk.bytes(), place, type, bodyLength);
        chunk.bytes().putInt(place + 4, number);
    }

    private void end() {
        if (cursor.at() != place + Frame.HEADER + bodyLength) {
            throw new IllegalStateException("a body of another length than announced");
        }
        publish();
    }

    private void publish() {
        taken += Frame.size(bodyLength);
        ring.publish(chunk, place, bodyLength);
        letGo();
    }

    /**
     * An operation has failed, for want of memory, say. Behind a place that is claimed and never published the commit thread would
     * wait for ever, and an operation without a number would have all later ones told one too early: a record that says nothing
     * stands for it.
     */
    private void abandon(Throwable cause) {
        if (chunk != ring.nothing()) {
            head(RecordType.VOID);
            publish();
            return;
        }
        missed++;
        try {
            makeUp();
        } catch (RuntimeException | Error e) {
            if (e != cause) {
                cause.addSuppressed(e); // the next operation tries it again
            }
        }
    }

    private void makeUp() {
        for (; missed > 0; missed--) {
            claim(RecordType.VOID, 1);
            publish();
        }
    }

    /** A lane may be idle for ever: it must not keep the memory of what it wrote last, nor of what came after. */
    private void letGo() {
        chunk = ring.nothing();
        cursor.move(chunk.bytes(), 0);
    }

    /** Has the commit thread do something after everything that was taken before. */
    void request(Runnable request) {
        ring.claim(this, Chunk.REQUEST_SIZE);
        try {
            pending.add(request);
        } finally {
            chunk.bytes().putInt(place + 4, number);
            ring.publish(chunk, place, Chunk.REQUEST);
            letGo();
        }
    }

    @Nullable
    Runnable nextRequest() {
        return pending.poll();
    }

    /** For the commit thread: a record of this lane is in the batch. Returns whether it is the first. */
    boolean count(int size) {
        operations++;
        batchBytes += size;
        boolean first = !inBatch;
        inBatch = true;
        return first;
    }

    /** For the commit thread: the batch is kept. */
    void keep() {
        inBatch = false;
        written += batchBytes;
        batchBytes = 0;
        kept.kept(operations);
    }

    /** For the commit thread: the records of this lane are thrown away. */
    void discard() {
        inBatch = false;
        written += batchBytes;
        batchBytes = 0;
    }

    /** For the commit thread: nothing is kept any more. */
    void fail(Throwable cause) {
        if (!failed) {
            failed = true;
            kept.failed(cause);
        }
    }

    @Override
    public long newMessage() {
        if (nextId == lastId) {
            nextId = ids.block();
            lastId = nextId + Ids.BLOCK;
        }
        return nextId++;
    }

    @Override
    public long backlog() {
        return taken - written;
    }

    @Override
    public void load(long[] messages, Loaded loaded) {
        request(requests.loading(messages, loaded));
    }

    @Override
    public void message(StoredMessage message, Receivers receivers, Origin origin) {
        try {
            Cursor body = begin(RecordType.MESSAGE, MessageRecord.length(message, receivers, origin));
            MessageRecord.put(body, message, receivers, origin);
            end();
        } catch (RuntimeException | Error e) {
            abandon(e);
            throw e;
        }
    }

    @Override
    public void retain(StoredMessage message, long version) {
        message(message, NOBODY, new Origin(0, 0, version));
    }

    @Override
    public void clear(byte[] topic, long version) {
        try {
            begin(RecordType.CLEARED, 8 + topic.length).u64(version).bytes(topic);
            end();
        } catch (RuntimeException | Error e) {
            abandon(e);
            throw e;
        }
    }

    @Override
    public void session(StoredSession session) {
        try {
            SessionRecord.put(begin(RecordType.SESSION, SessionRecord.length(session)), session);
            end();
        } catch (RuntimeException | Error e) {
            abandon(e);
            throw e;
        }
    }

    @Override
    public void ended(long session, long[] messages, int count) {
        try {
            Cursor body = begin(RecordType.ENDED, 12 + count * 8).u64(session).u32(count);
            for (int i = 0; i < count; i++) {
                body.u64(messages[i]);
            }
            end();
        } catch (RuntimeException | Error e) {
            abandon(e);
            throw e;
        }
    }

    @Override
    public void subscribed(long session, StoredSubscription subscription) {
        try {
            Cursor body = begin(RecordType.SUBSCRIBED, SubscriptionRecord.length(subscription.filter()));
            SubscriptionRecord.put(body, session, subscription);
            end();
        } catch (RuntimeException | Error e) {
            abandon(e);
            throw e;
        }
    }

    @Override
    public void unsubscribed(long session, String filter) {
        try {
            Cursor body = begin(RecordType.UNSUBSCRIBED, SubscriptionRecord.length(filter));
            SubscriptionRecord.putGone(body, session, filter);
            end();
        } catch (RuntimeException | Error e) {
            abandon(e);
            throw e;
        }
    }

    @Override
    public void inbound(long session, int packetId) {
        inbound(RecordType.INBOUND, session, packetId);
    }

    @Override
    public void inboundDone(long session, int packetId) {
        inbound(RecordType.INBOUND_DONE, session, packetId);
    }

    private void inbound(int type, long session, int packetId) {
        try {
            begin(type, INBOUND).u64(session).u16(packetId);
            end();
        } catch (RuntimeException | Error e) {
            abandon(e);
            throw e;
        }
    }

    @Override
    public void sent(long session, long message, int how, int packetId) {
        reference(RecordType.SENT, session, message, how, packetId);
    }

    @Override
    public void released(long session, long message, int how, int packetId) {
        reference(RecordType.RELEASED, session, message, how, packetId);
    }

    @Override
    public void done(long session, long message, int how, int packetId) {
        reference(RecordType.DONE, session, message, how, packetId);
    }

    private void reference(int type, long session, long message, int how, int packetId) {
        try {
            begin(type, REFERENCE).u64(session).u64(message).u32(how).u16(packetId);
            end();
        } catch (RuntimeException | Error e) {
            abandon(e);
            throw e;
        }
    }
}
