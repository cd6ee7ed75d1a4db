// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Access;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.log.LogType;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.api.message.TopicFilter;
import io.culex.api.store.StoredSubscription;
import io.culex.core.plugin.Scope;
import io.culex.core.route.Publication;
import io.culex.core.route.Subscription;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one session, and the retained messages that it is still owed. On the session's loop. */
public final class Subscriptions {
    private final Session session;
    private final Services services;
    private final Map<String, Subscription> byFilter = new HashMap<>(4);
    private @Nullable Deque<Owed> owed;

    /** A retained message that waits until the link takes more. */
    private record Owed(Publication message, Subscription by) {}

    Subscriptions(Session session, Services services) {
        this.session = session;
        this.services = services;
    }

    /** All of them. */
    public Collection<Subscription> all() {
        return Collections.unmodifiableCollection(byFilter.values());
    }

    /** How many. */
    public int size() {
        return byFilter.size();
    }

    /**
     * Makes or changes one subscription; the code is that of a SUBACK. The retained messages that it brings are sent by
     * {@link #replay}, after the SUBACK.
     *
     * @param filter a valid Topic Filter, as the client wrote it
     * @param maxQos the highest level that the listener grants
     */
    public Result subscribe(String filter, SubscribeOptions options, int maxQos) {
        SubscribeOptions granted = options.qos().level() <= maxQos ? options : withQos(options, QoS.of(maxQos));
        if (!session.permits(Access.SUBSCRIBE, session.mountPoint() + filter)) {
            log(LogType.DEBUG, "\t" + filter + " (denied)");
            return new Result(ReasonCode.NOT_AUTHORIZED, null);
        }
        String mounted = mount(filter);
        Subscription old = byFilter.get(mounted);
        Subscription made =
                new Subscription(session, mounted, granted, session.records().life());
        byFilter.put(mounted, made);
        session.records().subscribed(made);
        // The tree first, retained messages second: what is published in between comes twice rather than never.
        services.router().tree().add(made, old);
        log(LogType.DEBUG, "\t" + filter + " (QoS " + granted.qos().level() + ")");
        log(LogType.SUBSCRIBE, session.clientId() + " " + granted.qos().level() + " " + filter);
        boolean replays = made.share() == null
                && (options.retainHandling() == 0 || (options.retainHandling() == 1 && old == null));
        return new Result(ReasonCode.granted(granted.qos()), replays ? made : null);
    }

    /** The code of a SUBACK, and the subscription whose retained messages are due after it, or null. */
    public record Result(ReasonCode code, @Nullable Subscription replays) {}

    /** Takes a subscription away; the code is that of an UNSUBACK. */
    public ReasonCode unsubscribe(String filter) {
        // Who wants less may have it, whatever is missing: an MQTT 3 client is not told of a refusal.
        if (!session.mustWait() && !session.permits(Access.UNSUBSCRIBE, session.mountPoint() + filter)) {
            return ReasonCode.NOT_AUTHORIZED;
        }
        Subscription old = byFilter.remove(mount(filter));
        log(LogType.UNSUBSCRIBE, session.clientId() + " " + filter);
        if (old == null) {
            return ReasonCode.NO_SUBSCRIPTION_EXISTED;
        }
        services.router().tree().remove(old);
        old.end();
        session.records().unsubscribed(old.filter());
        return ReasonCode.SUCCESS;
    }

    /** Takes up a subscription that the store has kept. */
    void found(StoredSubscription stored) {
        Subscription made = new Subscription(
                session, stored.filter(), stored.options(), session.records().life());
        Subscription old = byFilter.put(stored.filter(), made);
        services.router().tree().add(made, old);
    }

    /** Takes away what the client may not subscribe to any more (CVE-2021-34434); nobody can tell an MQTT client. */
    void revoke() {
        for (Subscription subscription : List.copyOf(byFilter.values())) {
            if (!session.permits(Access.SUBSCRIBE, session.mountPoint() + unmount(subscription.filter()))) {
                byFilter.remove(subscription.filter());
                services.router().tree().remove(subscription);
                subscription.end();
                session.records().unsubscribed(subscription.filter());
                log(LogType.NOTICE, "Subscription of " + session.clientId() + " revoked: " + subscription.filter());
            }
        }
    }

    private String unmount(String mounted) {
        String inner = TopicFilter.inner(mounted);
        return mounted.substring(0, mounted.length() - inner.length())
                + inner.substring(session.mountPoint().length());
    }

    void clear() {
        for (Subscription subscription : byFilter.values()) {
            services.router().tree().remove(subscription);
            subscription.end();
        }
        byFilter.clear();
        owed = null;
    }

    void linkLost() {
        owed = null;
    }

    /** Sends the retained messages that a subscription brings. */
    public void replay(Subscription by) {
        services.router().retained().match(by.path(), message -> {
            Link link = session.link();
            Deque<Owed> waiting = owed;
            if (waiting != null || link == null || !link.isReady()) {
                // More than the link takes now: the rest follows as it takes them, bounded by what is retained.
                if (waiting == null) {
                    waiting = new ArrayDeque<>();
                    owed = waiting;
                }
                waiting.add(new Owed(message, by));
            } else {
                send(message, by);
            }
        });
        Link link = session.link();
        if (link != null && link.isReady()) {
            continueReplay(link);
        }
    }

    void continueReplay(Link link) {
        Deque<Owed> waiting = owed;
        while (waiting != null && link.isReady()) {
            Owed next = waiting.poll();
            if (next == null) {
                owed = null;
                return;
            }
            // A newer message of the topic has come by itself meanwhile; the old one must not follow it.
            if (byFilter.get(next.by().filter()) == next.by()
                    && services.router().retained().isCurrent(next.message())) {
                send(next.message(), next.by());
            }
        }
    }

    private void send(Publication message, Subscription by) {
        if (mayStillBePublished(message) && session.deliveries().isReadable(message)) {
            int qos = Math.min(message.qos(), by.qos());
            // The record of the retained message does not name this session: what is to be kept for it is recorded
            // anew.
            Publication given = session.records().isKept() ? Records.unrecorded(message) : message;
            session.deliveries()
                    .deliver(given, Outgoing.of(qos, true, by.options().identifier()));
        }
    }

    /** {@code check_retain_source}: its publisher must have the right to publish it still. */
    private boolean mayStillBePublished(Publication message) {
        if (message.sender() == null || !services.current().broker().retain().checkSource()) {
            return true;
        }
        Scope scope = services.current().get().scope(message.sender().peer().listener());
        if (!scope.gate().authorizes()) {
            return true;
        }
        String mountPoint = scope.listener().clients().mountPoint();
        String topic = message.topicText();
        return topic.startsWith(mountPoint)
                && scope.gate().allows(Access.WRITE, message.sender(), topic.substring(mountPoint.length()));
    }

    /** The mount point goes behind {@code $share/NAME/}. */
    private String mount(String filter) {
        String mountPoint = session.mountPoint();
        if (mountPoint.isEmpty()) {
            return filter;
        }
        String inner = TopicFilter.inner(filter);
        return filter.substring(0, filter.length() - inner.length()) + mountPoint + inner;
    }

    private void log(LogType type, String line) {
        if (services.log().enabled(type)) {
            services.log().log(type, line);
        }
    }

    private static SubscribeOptions withQos(SubscribeOptions options, QoS qos) {
        return new SubscribeOptions(
                qos, options.noLocal(), options.retainAsPublished(), options.retainHandling(), options.identifier());
    }
}
