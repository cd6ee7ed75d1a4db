// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.local.Authority;
import io.culex.api.local.Backlog;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import io.culex.api.local.Publisher;
import io.culex.api.local.RelayReceiver;
import io.culex.api.local.RelaySession;
import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Loop;
import io.culex.core.net.Broker;
import io.culex.core.route.Inbound;
import io.culex.core.route.Publication;
import io.culex.core.session.Attachment;
import io.culex.core.session.Directory;
import io.culex.core.session.Identity;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import io.culex.core.session.Standing;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens sessions inside this JVM, and publishes without one. Any thread. */
@Component(service = {LocalSessions.class, Publisher.class})
public final class LocalSessionsService implements LocalSessions, Publisher {
    private static final String NO_LISTENER = "";

    private final Services services;

    /** Over the broker's sessions. */
    @Activate
    public LocalSessionsService(@Reference Broker broker) {
        this.services = broker.services();
    }

    @Override
    public CompletionStage<LocalSession> open(LocalSessionRequest request, LocalReceiver receiver) {
        CompletableFuture<LocalSession> opened = new CompletableFuture<>();
        Subject subject = subject(request);
        begin(
                request,
                subject,
                () -> new LocalLink(services, receiver, subject.peer()),
                (session, link, present) -> opened.complete(new OpenSession(services, session, link, present)));
        return opened;
    }

    @Override
    public CompletionStage<RelaySession> openRelay(LocalSessionRequest request, RelayReceiver receiver) {
        CompletableFuture<RelaySession> opened = new CompletableFuture<>();
        Subject subject = subject(request);
        begin(
                request,
                subject,
                () -> new RelayLink(services, receiver, subject.peer()),
                (session, link, present) -> opened.complete(
                        new OpenRelay(new OpenSession(services, session, link, present), session, link)));
        return opened;
    }

    @Override
    public CompletionStage<Backlog> backlog(String clientId) {
        Session session = services.directory().find(Directory.key("", clientId));
        if (session == null) {
            return CompletableFuture.completedFuture(Backlog.EMPTY);
        }
        CompletableFuture<Backlog> backlog = new CompletableFuture<>();
        session.home().run(() -> backlog.complete(session.outbox().backlog()));
        return backlog;
    }

    @Override
    public List<String> ofBridges() {
        return services.directory().ofBridges();
    }

    /** Gets to know the session that is open. */
    private interface Opened<L extends JvmLink> {
        void opened(Session session, L link, boolean present);
    }

    private static Subject subject(LocalSessionRequest request) {
        return request.authority() instanceof Authority.User user
                ? user.subject()
                : new Subject(request.clientId(), null, Peer.of(NO_LISTENER, null));
    }

    /** One that is to be kept may be in the store: it is opened when that has been read. */
    private <L extends JvmLink> void begin(
            LocalSessionRequest request, Subject subject, Supplier<L> links, Opened<L> opened) {
        if (request.expirySeconds() == 0) {
            claim(request, subject, links, opened);
        } else {
            services.directory().whenWhole(() -> claim(request, subject, links, opened));
        }
    }

    private <L extends JvmLink> void claim(
            LocalSessionRequest request, Subject subject, Supplier<L> links, Opened<L> opened) {
        String mountPoint = services.current()
                .get()
                .scope(subject.peer().listener())
                .listener()
                .clients()
                .mountPoint();
        Identity identity = new Identity(mountPoint, request.clientId());
        Loop preferred = services.loops().spread(request.clientId());
        services.directory().claim(identity, services, preferred, session -> session.home()
                .run(() -> session.home().ledger().whenThere(() -> {
                    if (session.isEnded()) {
                        claim(request, subject, links, opened);
                    } else {
                        L link = links.get();
                        boolean present = attach(session, request, subject, link);
                        opened.opened(session, link, present);
                    }
                })));
    }

    private static boolean attach(Session session, LocalSessionRequest request, Subject subject, JvmLink link) {
        link.opened(session);
        Attachment how = new Attachment(
                request.cleanStart(), subject, standing(request.authority()), request.expirySeconds(), null);
        boolean present = session.attach(link, how);
        link.attached();
        if (!session.home().ledger().hasFailed()) {
            // What comes again may have its Packet Identifier from a link that ended before that was kept.
            link.holdUntilKept();
        }
        // After it: one that acts for a user begins with the limits of a client.
        int highest = link instanceof RelayLink ? RelaySession.FREE_IDENTIFIERS - 1 : 0xFFFF;
        session.outbox().own(request.queue(), highest);
        // First what is in flight: whoever waits for the completion gives credit in it.
        session.begin(request.receiveMaximum());
        return present;
    }

    private static Standing standing(Authority authority) {
        if (authority instanceof Authority.Broker) {
            return Standing.SYSTEM;
        }
        return authority instanceof Authority.Bridge ? Standing.BRIDGE : Standing.CLIENT;
    }

    @Override
    public CompletionStage<ReasonCode> publish(Message message) {
        CompletableFuture<ReasonCode> published = new CompletableFuture<>();
        // One topic always goes by one loop, so that its messages stay in order.
        Loop loop = services.loops().spread(message.topic());
        loop.run(() -> loop.ledger().whenThere(() -> {
            boolean kept = OpenSession.mustBeKept(message);
            if (kept && !loop.ledger().takesMessages()) {
                published.complete(ReasonCode.QUOTA_EXCEEDED);
                return;
            }
            Publication publication = Publication.of(message, loop.clock().millis(), 0, null);
            Inbound inbound = services.router().inbound(loop, services.retainable(publication, loop));
            if (kept) {
                inbound.promised();
            }
            boolean heard = services.router().publish(loop, inbound);
            ReasonCode code = heard ? ReasonCode.SUCCESS : ReasonCode.NO_MATCHING_SUBSCRIBERS;
            loop.ledger().whenKept(new Promised(published, code));
        }));
        return published;
    }
}
