// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import io.culex.api.auth.Peer;
import io.culex.api.local.Delivery;
import io.culex.api.local.LocalReceiver;
import io.culex.api.log.LogType;
import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Counter;
import io.culex.core.route.Inbound;
import io.culex.core.route.Publication;
import io.culex.core.session.Link;
import io.culex.core.session.Outgoing;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The link of a local session: delivers to a receiver in this JVM as far as it has given credit. On the session's loop. */
final class LocalLink implements Link {
    private final Services services;
    private final LocalReceiver receiver;
    private final Peer peer;
    private @Nullable Session session;
    private long credit;
    private boolean open = true;

    LocalLink(Services services, LocalReceiver receiver, Peer peer) {
        this.services = services;
        this.receiver = receiver;
        this.peer = peer;
    }

    void opened(Session owner) {
        session = owner;
    }

    Session session() {
        Session now = session;
        if (now == null) {
            throw new IllegalStateException("the session is not open yet");
        }
        return now;
    }

    boolean isOpen() {
        return open;
    }

    void credit(long more) {
        credit = credit + more < 0 ? Long.MAX_VALUE : credit + more;
        session().resume();
    }

    @Override
    public boolean isReady() {
        return open && credit > 0;
    }

    @Override
    public boolean send(Inbound message, boolean retain, int subscriptionIdentifier) {
        // Without credit QoS 0 is dropped, as on a socket that takes no more.
        return send(message.keep(), Outgoing.of(0, retain, subscriptionIdentifier), 0, false);
    }

    @Override
    public boolean send(Publication message, Outgoing how, int packetId, boolean dup) {
        if (!isReady()) {
            return false;
        }
        credit--;
        Session owner = session();
        Message given = message.toMessage(how.qos(), how.retain(), owner.home().clock());
        String mountPoint = owner.mountPoint();
        if (!mountPoint.isEmpty()) {
            given = new Message(
                    given.topic().substring(mountPoint.length()),
                    given.payload(),
                    given.qos(),
                    given.retain(),
                    given.properties());
        }
        owner.home().counters().increment(Counter.PUBLISH_SENT);
        owner.home().counters().add(Counter.PUBLISH_BYTES_SENT, message.payload().length);
        guarded(new LocalDelivery(this, given, how, packetId, dup));
        return true;
    }

    private void guarded(Delivery delivery) {
        try {
            receiver.deliver(delivery);
        } catch (RuntimeException e) {
            services.log().log(
                    LogType.ERROR, "Error: Local session " + session().clientId() + " failed on a message: " + e);
        }
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

    /** The receiver is done with a delivery; on the loop. */
    private void done(int packetId, int qos) {
        if (open) {
            session().outbox().acknowledged(packetId, qos);
        }
    }

    @Override
    public void close(ReasonCode reason) {
        if (open) {
            open = false;
            session().detach(this, false);
            receiver.closed(reason);
        }
    }

    @Override
    public int protocolLevel() {
        return 5;
    }

    @Override
    public Peer peer() {
        return peer;
    }

    private record LocalDelivery(
            LocalLink link, Message message, int packetId, boolean duplicate, int identifier, AtomicBoolean isDone)
            implements Delivery {
        LocalDelivery(LocalLink link, Message message, Outgoing how, int packetId, boolean dup) {
            this(link, message, packetId, dup, how.subscriptionIdentifier(), new AtomicBoolean());
        }

        @Override
        public List<Integer> subscriptionIdentifiers() {
            return identifier == 0 ? List.of() : List.of(identifier);
        }

        @Override
        public void done() {
            if (packetId != 0 && isDone.compareAndSet(false, true)) {
                link.session()
                        .home()
                        .run(() -> link.done(packetId, message.qos().level()));
            }
        }
    }
}
