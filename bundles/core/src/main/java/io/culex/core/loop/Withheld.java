// SPDX-License-Identifier: Apache-2.0
package io.culex.core.loop;

import io.culex.api.store.Loaded;
import io.culex.api.store.Origin;
import io.culex.api.store.Receivers;
import io.culex.api.store.StoreLane;
import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Stands in for a lane while the store is exchanged: holds what sessions give, in order. New messages it cannot take, for
 * their ids are the store's.
 */
final class Withheld implements StoreLane {
    private final List<Consumer<StoreLane>> operations = new ArrayList<>();
    private boolean forgets;

    int size() {
        return operations.size();
    }

    /** Gives everything to the lane that is there now. */
    void passOn(StoreLane lane) {
        operations.forEach(operation -> operation.accept(lane));
        operations.clear();
    }

    /** The store has failed: nothing is held any more, now and later. */
    void forgetAll() {
        operations.clear();
        forgets = true;
    }

    private void hold(Consumer<StoreLane> operation) {
        if (!forgets) {
            operations.add(operation);
        }
    }

    @Override
    public void session(StoredSession session) {
        hold(lane -> lane.session(session));
    }

    @Override
    public void ended(long session, long[] messages, int count) {
        hold(lane -> lane.ended(session, messages, count));
    }

    @Override
    public void subscribed(long session, StoredSubscription subscription) {
        hold(lane -> lane.subscribed(session, subscription));
    }

    @Override
    public void unsubscribed(long session, String filter) {
        hold(lane -> lane.unsubscribed(session, filter));
    }

    @Override
    public void message(StoredMessage message, Receivers receivers, Origin origin) {
        throw away();
    }

    @Override
    public void inbound(long session, int packetId) {
        hold(lane -> lane.inbound(session, packetId));
    }

    @Override
    public void inboundDone(long session, int packetId) {
        hold(lane -> lane.inboundDone(session, packetId));
    }

    @Override
    public void sent(long session, long message, int how, int packetId) {
        hold(lane -> lane.sent(session, message, how, packetId));
    }

    @Override
    public void released(long session, long message, int how, int packetId) {
        hold(lane -> lane.released(session, message, how, packetId));
    }

    @Override
    public void done(long session, long message, int how, int packetId) {
        hold(lane -> lane.done(session, message, how, packetId));
    }

    @Override
    public void retain(StoredMessage message, long version) {
        throw away();
    }

    @Override
    public void clear(byte[] topic, long version) {
        hold(lane -> lane.clear(topic, version));
    }

    @Override
    public long newMessage() {
        throw away();
    }

    @Override
    public long backlog() {
        return 0;
    }

    @Override
    public void load(long[] messages, Loaded loaded) {
        throw away();
    }

    private static IllegalStateException away() {
        return new IllegalStateException("the store is away");
    }
}
