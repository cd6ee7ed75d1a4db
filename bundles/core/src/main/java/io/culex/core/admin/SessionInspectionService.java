// SPDX-License-Identifier: Apache-2.0
package io.culex.core.admin;

import io.culex.api.admin.SessionDetail;
import io.culex.api.admin.SessionInspection;
import io.culex.api.admin.SubscriptionInfo;
import io.culex.api.auth.TlsFacts;
import io.culex.core.net.Broker;
import io.culex.core.route.Subscription;
import io.culex.core.session.Link;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** All there is to see of single sessions. Any thread. */
@Component(service = SessionInspection.class)
public final class SessionInspectionService implements SessionInspection {
    private final Services services;

    /** Of that broker. */
    @Activate
    public SessionInspectionService(@Reference Broker broker) {
        this.services = broker.services();
    }

    @Override
    public CompletionStage<List<SessionDetail>> find(String clientId) {
        return new Gathering(services)
                .ask(session -> session.clientId().equals(clientId), SessionInspectionService::detail);
    }

    private static SessionDetail detail(Session session) {
        return new SessionDetail(
                BrokerAdminService.info(session),
                session.mountPoint(),
                session.lifetime().expirySeconds(),
                session.lifetime().willTopic(),
                session.inbox().size(),
                tls(session.link()),
                session.subscriptions().all().stream()
                        .map(SessionInspectionService::info)
                        .sorted(Comparator.comparing(SubscriptionInfo::filter))
                        .toList());
    }

    private static @Nullable String tls(@Nullable Link link) {
        TlsFacts facts = link == null ? null : link.peer().tls();
        return facts == null ? null : facts.version() + " " + facts.cipher();
    }

    @Override
    public void subscriptions(Consumer<SubscriptionInfo> sink) {
        services.router().tree().forEach(subscription -> sink.accept(info(subscription)));
    }

    private static SubscriptionInfo info(Subscription subscription) {
        return new SubscriptionInfo(
                subscription.receiver() instanceof Session session ? session.clientId() : "",
                subscription.filter(),
                subscription.qos(),
                subscription.options().noLocal(),
                subscription.options().retainAsPublished(),
                subscription.options().identifier());
    }
}
