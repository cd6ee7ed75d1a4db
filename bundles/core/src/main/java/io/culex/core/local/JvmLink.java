// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import io.culex.api.auth.Peer;
import io.culex.api.config.BrokerSettings;
import io.culex.api.local.Delivery;
import io.culex.api.local.LocalReceiver;
import io.culex.api.log.LogType;
import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Counter;
import io.culex.core.plugin.Gate;
import io.culex.core.route.Inbound;
import io.culex.core.route.Publication;
import io.culex.core.session.Link;
import io.culex.core.session.Outgoing;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import io.culex.core.session.Standing;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The link of a session to a receiver in this JVM. On the session's loop. */
abstract class JvmLink implements Link {
    private final Services services;
    private final LocalReceiver receiver;
    private final Peer peer;
    private @Nullable Session session;
    private boolean open = true;
    private boolean counted;
    private final Deque<Consumer<Gate>> undecided = new ArrayDeque<>();

    JvmLink(Services services, LocalReceiver receiver, Peer peer) {
        this.services = services;
        this.receiver = receiver;
        this.peer = peer;
    }

    final void opened(Session owner) {
        session = owner;
    }

    /** The session is its: a client that has come in by no socket is connected all the same, unless it is the broker itself. */
    final void attached() {
        counted = open && session().standing() != Standing.SYSTEM;
        if (counted) {
            session().home().counters().increment(Counter.CLIENTS_CONNECTED);
        }
    }

    final Session session() {
        Session now = session;
        if (now == null) {
            throw new IllegalStateException("the session is not open yet");
        }
        return now;
    }

    final BrokerSettings.Limits limits() {
        return services.current().broker().limits();
    }

    final boolean isOpen() {
        return open;
    }

    /** Has work done that needs a permission, with the gate that decides; while that waits for a plugin, later and in order. */
    final void decided(Consumer<Gate> work) {
        undecided.add(work);
        lookAgain();
    }

    @Override
    public final void lookAgain() {
        Session owner = session();
        for (Gate gate = owner.gate(); !undecided.isEmpty() && !waits(gate); gate = owner.gate()) {
            undecided.remove().accept(gate);
        }
    }

    private boolean waits(Gate gate) {
        return open && session().standing() == Standing.CLIENT && gate.state() == Gate.State.WAITING;
    }

    /** The receiver asks for more. */
    abstract void credit(long more);

    @Override
    public final boolean send(Inbound message, boolean retain, int subscriptionIdentifier) {
        return send(message.keep(), Outgoing.of(0, retain, subscriptionIdentifier), 0, false);
    }

    final Delivery delivery(Publication message, Outgoing how, int packetId, boolean dup) {
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
        return new LocalDelivery(this, given, how.subscriptionIdentifier(), packetId, dup, new AtomicBoolean());
    }

    final void deliver(Delivery delivery) {
        session().home().counters().increment(Counter.PUBLISH_SENT);
        session()
                .home()
                .counters()
                .add(Counter.PUBLISH_BYTES_SENT, delivery.message().payload().size());
        guarded(() -> receiver.deliver(delivery), "a message");
    }

    final void guarded(Runnable call, String on) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            services.log().log(
                    LogType.ERROR, "Error: Local session " + session().clientId() + " failed on " + on + ": " + e);
        }
    }

    /** The receiver is done with a delivery. */
    final void done(int packetId, int qos) {
        if (open) {
            session().outbox().acknowledged(packetId, qos);
        }
    }

    @Override
    public final void close(ReasonCode reason) {
        if (open) {
            open = false;
            if (counted) {
                session().home().counters().add(Counter.CLIENTS_CONNECTED, -1);
            }
            session().detach(this, false);
            guarded(() -> receiver.closed(reason), "its end");
            lookAgain();
        }
    }

    @Override
    public final int protocolLevel() {
        return 5;
    }

    @Override
    public final Peer peer() {
        return peer;
    }

    private record LocalDelivery(
            JvmLink link, Message message, int identifier, int packetId, boolean duplicate, AtomicBoolean isDone)
            implements Delivery {
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
