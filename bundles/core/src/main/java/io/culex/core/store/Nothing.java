// SPDX-License-Identifier: Apache-2.0
package io.culex.core.store;

import io.culex.api.store.MessageStore;
import io.culex.api.store.StoredMessage;
import io.culex.api.store.StoredSession;
import io.culex.api.store.StoredSubscription;

/** Takes nothing from a store that has come back: the sessions that it keeps are alive. */
final class Nothing implements MessageStore.Recovery {
    @Override
    public void session(StoredSession session) {}

    @Override
    public void subscription(long session, StoredSubscription subscription) {}

    @Override
    public void delivery(long session, long message, int payloadBytes, int how, int packetId, boolean released) {}

    @Override
    public void inbound(long session, int packetId) {}

    @Override
    public void retained(StoredMessage message, long version) {}
}
