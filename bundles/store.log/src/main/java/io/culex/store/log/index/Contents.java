// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.index;

import io.culex.store.log.format.Frame;
import io.culex.store.log.format.MessageView;
import io.culex.store.log.format.RecordType;
import io.culex.store.log.format.Sending;
import io.culex.store.log.format.SubscriptionRecord;
import io.culex.store.log.segment.Segments;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * What the log says, record by record: each changes what there is, in the order of the log, whether it was written just now
 * or is read at the start. For the commit thread; before that for the one who opens.
 */
public final class Contents {
    private static final long FEWEST_ORPHANS = 4096;

    private final Sessions sessions;
    private final Messages messages;
    private final Retained retained;
    private final KeyHash hash = new KeyHash(new SecureRandom());
    private final MessageView view = new MessageView();
    private long highestId;
    private long givenUp;
    private boolean hasCopies;

    /** Nothing yet. */
    public Contents(Segments segments) {
        sessions = new Sessions(segments);
        messages = new Messages(segments, sessions);
        retained = new Retained(segments);
    }

    /** The sessions. */
    public Sessions sessions() {
        return sessions;
    }

    /** The messages that someone waits for. */
    public Messages messages() {
        return messages;
    }

    /** The retained messages. */
    public Retained retained() {
        return retained;
    }

    /** The highest number that was seen of a message or session. */
    public long highestId() {
        return highestId;
    }

    /** The number of the last segment that was given up; 0: none. */
    public long givenUp() {
        return givenUp;
    }

    /** Whether some messages do not stand where they stood at first. */
    public boolean hasCopies() {
        return hasCopies;
    }

    /** The log is read to its end. */
    public void endReading() {
        sessions.endReading();
        messages.sweep();
    }

    /** Takes the record at a place of the buffer, which stands in the log at the location. */
    public void apply(ByteBuffer bytes, int at, int bodyLength, long location) {
        int body = at + Frame.HEADER;
        int size = Frame.size(bodyLength);
        switch (Frame.type(bytes, at)) {
            case RecordType.MESSAGE -> message(view.look(bytes, body), bytes, location, size);
            case RecordType.DONE -> done(bytes, body);
            case RecordType.SENT -> sent(bytes, body, false);
            case RecordType.RELEASED -> sent(bytes, body, true);
            case RecordType.INBOUND -> {
                seen(bytes.getLong(body));
                sessions.inbound(bytes.getLong(body), packetId(bytes, body + 8), location);
            }
            case RecordType.INBOUND_DONE -> sessions.inboundDone(bytes.getLong(body), packetId(bytes, body + 8));
            case RecordType.SESSION -> {
                seen(bytes.getLong(body));
                sessions.put(bytes.getLong(body), location, size);
            }
            case RecordType.ENDED -> ended(bytes, body);
            case RecordType.SUBSCRIBED -> sessions.subscribed(bytes.getLong(body), filter(bytes, body), location, size);
            case RecordType.UNSUBSCRIBED -> sessions.unsubscribed(bytes.getLong(body), filter(bytes, body));
            case RecordType.CLEARED ->
                retained.clear(hash.of(bytes, body + 8, bodyLength - 8), bytes.getLong(body), location, size);
            case RecordType.GIVEN_UP -> givenUp = Math.max(givenUp, bytes.getLong(body));
            default -> {} // VOID and SEALED change nothing
        }
    }

    private static int packetId(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xFFFF;
    }

    private long filter(ByteBuffer bytes, int body) {
        return hash.of(bytes, SubscriptionRecord.filterAt(body), SubscriptionRecord.filterLength(bytes, body));
    }

    private void seen(long id) {
        highestId = Math.max(highestId, id);
    }

    private void message(MessageView message, ByteBuffer bytes, long location, int size) {
        seen(message.id());
        hasCopies |= message.isCopy();
        if (message.receivers() > 0) {
            messages.put(message, location, size);
        }
        if (message.retainedVersion() != 0) {
            retained.put(topic(message, bytes), message.retainedVersion(), location, size);
        }
        if (message.hasOrigin()) {
            sessions.inbound(message.originSession(), message.originPacketId(), location);
        }
    }

    private long topic(MessageView message, ByteBuffer bytes) {
        return hash.of(bytes, message.topicAt(), message.topicLength());
    }

    private void done(ByteBuffer bytes, int body) {
        SessionEntry session = sessions.find(bytes.getLong(body));
        if (session != null) {
            messages.done(session, bytes.getLong(body + 8), bytes.getInt(body + 16), packetId(bytes, body + 20));
        }
    }

    private void sent(ByteBuffer bytes, int body, boolean released) {
        SessionEntry session = sessions.find(bytes.getLong(body));
        if (session != null) {
            int packetId = packetId(bytes, body + 20);
            messages.sent(
                    session,
                    bytes.getLong(body + 8),
                    bytes.getInt(body + 16),
                    released ? packetId : 0,
                    Sending.of(packetId, released));
        }
    }

    private void ended(ByteBuffer bytes, int body) {
        SessionEntry session = sessions.find(bytes.getLong(body));
        if (session == null) {
            return;
        }
        int count = bytes.getInt(body + 8);
        for (int i = 0; i < count; i++) {
            long id = bytes.getLong(body + 12 + i * 8);
            while (messages.done(session, id, 0, 0)) {
                continue;
            }
        }
        sessions.end(session);
        if (sessions.orphans() > Math.max(FEWEST_ORPHANS, messages.references() / 4)) {
            messages.sweep();
        }
    }

    /** Which roles of a record are still played where it stands. */
    public int roles(ByteBuffer bytes, int at, int bodyLength, long location) {
        int body = at + Frame.HEADER;
        int type = Frame.type(bytes, at);
        if (type == RecordType.MESSAGE) {
            return messageRoles(view.look(bytes, body), bytes, location);
        }
        boolean isNeeded =
                switch (type) {
                    case RecordType.INBOUND ->
                        sessions.hasInbound(bytes.getLong(body), packetId(bytes, body + 8), location);
                    case RecordType.SESSION -> sessions.isAt(bytes.getLong(body), location);
                    case RecordType.SUBSCRIBED ->
                        sessions.hasSubscription(bytes.getLong(body), filter(bytes, body), location);
                    case RecordType.CLEARED -> retained.guardsAt(hash.of(bytes, body + 8, bodyLength - 8), location);
                    default -> false;
                };
        return isNeeded ? Roles.WHOLE : 0;
    }

    private int messageRoles(MessageView message, ByteBuffer bytes, long location) {
        int roles = 0;
        if (message.receivers() > 0 && messages.location(message.id()) == location) {
            roles |= Roles.DELIVERY;
        }
        if (message.retainedVersion() != 0 && retained.isAt(topic(message, bytes), location)) {
            roles |= Roles.RETAINED;
        }
        if (message.hasOrigin() && sessions.hasInbound(message.originSession(), message.originPacketId(), location)) {
            roles |= Roles.INBOUND;
        }
        return roles;
    }
}
