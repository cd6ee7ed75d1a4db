// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import io.culex.api.auth.Peer;
import io.culex.api.local.Delivery;
import io.culex.api.local.RelayReceiver;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Ledger;
import io.culex.core.route.Publication;
import io.culex.core.session.Acknowledged;
import io.culex.core.session.Outgoing;
import io.culex.core.session.Services;

/**
 * The link of a relay: what must not be seen before it is kept waits here, and what follows waits behind it. On the session's
 * loop.
 */
final class RelayLink extends JvmLink {
    private final RelayReceiver receiver;
    private long mark;
    private int waiting;

    RelayLink(Services services, RelayReceiver receiver, Peer peer) {
        super(services, receiver, peer);
        this.receiver = receiver;
    }

    @Override
    void credit(long more) {
        session().resume();
    }

    @Override
    public boolean isReady() {
        return isOpen() && receiver.isReady();
    }

    /** The other end does not read, and as many packets wait for it as may (SPEC H.2). */
    private boolean isOverfull() {
        int limit = limits().maxQueuedMessages();
        return limit > 0 && receiver.backlog() >= limit;
    }

    @Override
    public boolean send(Publication message, Outgoing how, int packetId, boolean dup) {
        if (!isOpen() || (packetId == 0 && isOverfull())) {
            return false;
        }
        Delivery delivery = delivery(message, how, packetId, dup);
        inOrder(() -> deliver(delivery));
        return true;
    }

    @Override
    public int backlog() {
        return receiver.backlog();
    }

    @Override
    public void release(int packetId) {
        inOrder(() -> guarded(() -> receiver.release(packetId), "a release"));
    }

    /** PUBREC came. */
    void received(int packetId) {
        if (isOpen() && session().outbox().received(packetId) == Acknowledged.DONE) {
            release(packetId);
        }
    }

    @Override
    public void holdUntilKept() {
        mark = session().home().ledger().mark();
    }

    private void inOrder(Runnable step) {
        Ledger ledger = session().home().ledger();
        if (waiting == 0 && ledger.isKept(mark)) {
            step.run();
            return;
        }
        waiting++;
        ledger.whenKept(new Ledger.Awaiting() {
            @Override
            public void kept() {
                waiting--;
                if (isOpen()) {
                    step.run();
                }
            }

            @Override
            public void failed() {
                waiting--;
                close(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
            }
        });
    }
}
