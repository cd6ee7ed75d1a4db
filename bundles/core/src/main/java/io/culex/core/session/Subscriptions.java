// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Access;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.log.LogType;
import io.culex.api.message.QoS;
import io.culex.api.message.ReasonCode;
import io.culex.api.message.TopicFilter;
import io.culex.api.store.StoredSubscription;
import io.culex.core.plugin.Gate;
import io.culex.core.route.Subscription;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The subscriptions of one session, and the retained messages that it is still owed. On the session's loop. */
public final class Subscriptions {
    /** So many paths of subscriptions that are taken away are told from others. */
    private static final int MOST_FORMER = 100;

    private static final String[] GRANTED = {" (QoS 0)", " (QoS 1)", " (QoS 2)"};

    private final Session session;
    private final Services services;
    private final Map<String, Subscription> byFilter = new HashMap<>(4);
    private final Replays replays;
    private Set<String> former = Set.of();

    Subscriptions(Session session, Services services) {
        this.session = session;
        this.services = services;
        this.replays = new Replays(session, services);
    }

    /** All of them. */
    public Collection<Subscription> all() {
        return Collections.unmodifiableCollection(byFilter.values());
    }

    /** The options by Topic Filter as the client wrote it, without the mount point. */
    public Map<String, SubscribeOptions> asAskedFor() {
        Map<String, SubscribeOptions> all = new HashMap<>();
        byFilter.values().forEach(each -> all.put(unmount(each.filter()), each.options()));
        return all;
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
     * @param by the gate that decides
     */
    public Result subscribe(String filter, SubscribeOptions options, int maxQos, Gate by) {
        SubscribeOptions granted = options.qos().level() <= maxQos ? options : withQos(options, QoS.of(maxQos));
        if (!session.rights().permit(Access.SUBSCRIBE, session.mountPoint() + filter, by)) {
            detail(filter, " (denied)");
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
        detail(filter, GRANTED[granted.qos().level()]);
        log(LogType.SUBSCRIBE, session.clientId() + " " + granted.qos().level() + " " + filter);
        boolean brings = made.share() == null
                && (options.retainHandling() == 0 || (options.retainHandling() == 1 && old == null));
        if (old != null && !brings) {
            replays.moved(old, made);
        }
        return new Result(ReasonCode.granted(granted.qos()), brings ? made : null);
    }

    /** The code of a SUBACK, and the subscription whose retained messages are due after it, or null. */
    public record Result(ReasonCode code, @Nullable Subscription replays) {}

    /** Takes a subscription away; the code is that of an UNSUBACK. */
    public ReasonCode unsubscribe(String filter, Gate by) {
        // Who wants less may have it, whatever is missing: an MQTT 3 client is not told of a refusal.
        if (session.rights().refusal(Access.UNSUBSCRIBE, session.mountPoint() + filter, by)
                == ReasonCode.NOT_AUTHORIZED) {
            detail(filter, " (denied)");
            return ReasonCode.NOT_AUTHORIZED;
        }
        detail(filter, "");
        Subscription old = byFilter.remove(mount(filter));
        log(LogType.UNSUBSCRIBE, session.clientId() + " " + filter);
        if (old == null) {
            return ReasonCode.NO_SUBSCRIPTION_EXISTED;
        }
        takenAway(old);
        return ReasonCode.SUCCESS;
    }

    private void takenAway(Subscription old) {
        services.router().tree().remove(old);
        old.end();
        session.records().unsubscribed(old.filter());
        replays.gone(old.filter());
        forgetFormer();
        if (old.share() == null && hasAnythingLeft()) {
            // What it brought is still there, and is no shared subscription's.
            Set<String> more = new HashSet<>(former);
            more.add(old.path());
            former = more.size() > MOST_FORMER ? Set.of("#") : more;
        }
    }

    private boolean hasAnythingLeft() {
        return session.outbox().queued() + session.outbox().inflight() > 0;
    }

    /** When of what former subscriptions have brought nothing is left, what comes from now on is by those that there are. */
    void forgetFormer() {
        if (!former.isEmpty() && !hasAnythingLeft()) {
            former = Set.of();
        }
    }

    /** Takes up a subscription that the store has kept. */
    void found(StoredSubscription stored) {
        Subscription made = new Subscription(
                session, stored.filter(), stored.options(), session.records().life());
        Subscription old = byFilter.put(stored.filter(), made);
        services.router().tree().add(made, old);
    }

    /** Asks anew for all of them when the answers may be others. */
    void review(Rights rights) {
        Gate other = rights.isSettled() ? rights.review() : null;
        if (other != null) {
            revoke(other);
        }
    }

    /** Takes away what the client may not subscribe to any more (CVE-2021-34434); nobody can tell an MQTT client. */
    private void revoke(Gate by) {
        for (Subscription subscription : List.copyOf(byFilter.values())) {
            String topic = session.mountPoint() + unmount(subscription.filter());
            Rights rights = session.rights();
            if (!rights.permit(Access.SUBSCRIBE, topic, by) && !rights.leavesOpen(Access.SUBSCRIBE, topic, by)) {
                byFilter.remove(subscription.filter());
                takenAway(subscription);
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
        Heirs heirs = Heirs.of(session, byFilter.values(), former);
        for (Subscription subscription : byFilter.values()) {
            services.router().tree().remove(subscription);
            subscription.end();
        }
        byFilter.clear();
        former = Set.of();
        replays.clear();
        if (heirs != null) {
            heirs.take(services.router());
        }
    }

    void linkLost() {
        replays.linkLost();
    }

    /** The version of the latest retained message if the link has been given all there are; else -1. */
    public long retainedMark() {
        return session.outbox().queued() > 0 ? -1 : replays.mark();
    }

    /** The other end of the link has everything up to that version. */
    public void retainedThere(long mark) {
        replays.there(mark);
    }

    /** Sends the retained messages that a subscription brings. */
    public void replay(Subscription by) {
        replay(List.of(by));
    }

    /** The same for those of one packet; what a later one has replaced brings none. */
    public void replay(Collection<Subscription> made) {
        replays.all(made);
    }

    void continueReplay(Link link) {
        replays.next(link);
    }

    /** Whether that subscription has not been taken away or replaced. */
    boolean isThere(Subscription by) {
        return byFilter.get(by.filter()) == by;
    }

    /** The subscription of a filter as the broker keeps it, or null. */
    @Nullable
    Subscription of(String filter) {
        return byFilter.get(filter);
    }

    /**
     * Sends the retained messages of the filters in {@code fresh}, and of the others those that changed while there was no link
     * and were not queued; runs {@code sent} when that is over, never when the link is lost before.
     */
    public void sendRetained(Set<String> fresh, Runnable sent) {
        boolean queued = session.outbox().queuesQos0WhileAway();
        replays.beginBehindQueue();
        for (Subscription subscription : List.copyOf(byFilter.values())) {
            if (subscription.share() == null && fresh.contains(subscription.filter())) {
                replay(subscription);
            } else if (subscription.share() == null) {
                replays.changes(subscription, queued);
            }
        }
        replays.whenSent(sent);
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

    private void detail(String filter, String result) {
        if (services.log().enabled(LogType.DEBUG)) {
            services.log().log(LogType.DEBUG, "\t" + filter + result);
        }
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
