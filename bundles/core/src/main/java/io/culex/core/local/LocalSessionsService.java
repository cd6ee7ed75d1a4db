// SPDX-License-Identifier: Apache-2.0
package io.culex.core.local;

import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.local.Authority;
import io.culex.api.local.LocalReceiver;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import io.culex.api.local.Publisher;
import io.culex.api.message.Message;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.core.loop.Loop;
import io.culex.core.net.Broker;
import io.culex.core.route.Publication;
import io.culex.core.session.Attachment;
import io.culex.core.session.Identity;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import io.culex.core.session.Standing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
        claim(request, subject(request), receiver, opened);
        return opened;
    }

    private static Subject subject(LocalSessionRequest request) {
        return request.authority() instanceof Authority.User user
                ? user.subject()
                : new Subject(request.clientId(), null, Peer.of(NO_LISTENER, null));
    }

    private void claim(
            LocalSessionRequest request,
            Subject subject,
            LocalReceiver receiver,
            CompletableFuture<LocalSession> opened) {
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
                        claim(request, subject, receiver, opened);
                    } else {
                        attach(session, request, subject, new LocalLink(services, receiver, subject.peer()), opened);
                    }
                })));
    }

    private void attach(
            Session session,
            LocalSessionRequest request,
            Subject subject,
            LocalLink link,
            CompletableFuture<LocalSession> opened) {
        link.opened(session);
        Attachment how = new Attachment(
                request.cleanStart(), subject, standing(request.authority()), request.expirySeconds(), null);
        boolean present = session.attach(link, how);
        // First what is in flight: whoever waits for the completion gives credit in it.
        session.begin(request.receiveMaximum());
        opened.complete(new OpenSession(services, session, link, present));
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
            if (message.qos() != QoS.AT_MOST_ONCE && !loop.ledger().takesMessages()) {
                published.complete(ReasonCode.QUOTA_EXCEEDED);
                return;
            }
            Publication publication = Publication.of(message, loop.clock().millis(), 0, null);
            boolean heard = services.router().publish(loop, publication);
            ReasonCode code = heard ? ReasonCode.SUCCESS : ReasonCode.NO_MATCHING_SUBSCRIBERS;
            loop.ledger().whenKept(new Promised(published, code));
        }));
        return published;
    }
}
