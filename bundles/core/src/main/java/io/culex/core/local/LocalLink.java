// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import io.culex.api.auth.Peer;
import io.culex.api.local.LocalReceiver;
import io.culex.core.route.Publication;
import io.culex.core.session.Outgoing;
import io.culex.core.session.Services;

/** The link of a local session: delivers to a receiver in this JVM as far as it has given credit. On the session's loop. */
final class LocalLink extends JvmLink {
    private long credit;

    LocalLink(Services services, LocalReceiver receiver, Peer peer) {
        super(services, receiver, peer);
    }

    @Override
    void credit(long more) {
        credit = credit + more < 0 ? Long.MAX_VALUE : credit + more;
        session().resume();
    }

    @Override
    public boolean isReady() {
        return isOpen() && credit > 0;
    }

    @Override
    public boolean send(Publication message, Outgoing how, int packetId, boolean dup) {
        // Without credit QoS 0 is dropped, as on a socket that takes no more.
        if (!isReady()) {
            return false;
        }
        credit--;
        deliver(delivery(message, how, packetId, dup));
        return true;
    }

    @Override
    public int backlog() {
        return 0;
    }

    @Override
    public void release(int packetId) {
        // Nobody in this JVM needs the second half of QoS 2: a delivery that is done is complete.
        session().outbox().acknowledged(packetId, 2);
    }

    @Override
    public void holdUntilKept() {
        // Whoever receives in this JVM ends with it: there is nobody who could see a message of QoS 2 twice.
    }
}
