// SPDX-License-Identifier: Apache-2.0
package io.culex.gateway.eventadmin;

import io.culex.api.local.Authority;
import io.culex.api.local.LocalSession;
import io.culex.api.local.LocalSessionRequest;
import io.culex.api.local.LocalSessions;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.message.ReasonCode;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** What a gateway has open while it works: a session in the broker, and a handler of events. Any thread. */
final class Traffic {
    private static final long FOR_EVER = 0xFFFF_FFFFL;

    private static final long SHORTEST_PAUSE_MILLIS = 1000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    private final Settings settings;
    private final Surroundings around;
    private final Inward inward;
    private final Outward outward;
    private boolean working;
    private Inward.@Nullable Link link;
    private @Nullable LocalSession session;
    private @Nullable ServiceRegistration<EventHandler> handler;
    private long openedAt;
    private long pauseMillis = SHORTEST_PAUSE_MILLIS;

    /**
     * What it needs of others.
     *
     * @param context to register its handler
     * @param sessions opens its session
     * @param log where lines go
     * @param timer for the time until the next try
     * @param succeeded whether another one is there that the session is for
     */
    record Surroundings(
            BundleContext context, LocalSessions sessions, BrokerLog log, Timer timer, BooleanSupplier succeeded) {}

    Traffic(Settings settings, Surroundings around, Inward inward, Outward outward) {
        this.settings = settings;
        this.around = around;
        this.inward = inward;
        this.outward = outward;
    }

    /** Begins, unless it has. Does not block. */
    synchronized void begin() {
        if (working) {
            return;
        }
        working = true;
        open();
        if (!settings.events().isEmpty()) {
            handler = around.context()
                    .registerService(
                            EventHandler.class,
                            outward,
                            new Hashtable<>(Map.of(
                                    EventConstants.EVENT_TOPIC,
                                    settings.events().toArray(String[]::new))));
        }
    }

    private synchronized void open() {
        if (!working || link != null) {
            return;
        }
        LocalSessionRequest request = new LocalSessionRequest(
                "gateway-" + settings.name(),
                Authority.SYSTEM,
                !settings.durable(),
                settings.durable() ? FOR_EVER : 0,
                Inward.CREDIT);
        Inward.Link made = inward.link(this::lost);
        link = made;
        openedAt = around.timer().millis();
        around.sessions().open(request, made).whenComplete((opened, failure) -> {
            if (failure == null) {
                opened(made, opened);
            } else {
                again(made, "has no session: " + failure.getMessage());
            }
        });
    }

    private synchronized void opened(Inward.Link by, LocalSession opened) {
        if (link != by) {
            opened.close();
            return;
        }
        session = opened;
        outward.to(opened);
        opened.unsubscribeOthers(settings.filters()).whenComplete((refused, failure) -> {
            if (failure == null) {
                receive(by, opened, refused);
            } else {
                again(by, "cannot use its session: " + failure.getMessage());
                opened.close();
            }
        });
    }

    /** It goes on with what it may not give up, as any client would. */
    private void stillGiven(String filter, ReasonCode code) {
        around.log().log(
                LogType.ERROR,
                "Error: Gateway " + settings.name() + " is still given " + filter
                        + ", which its settings do not name any more: " + code.text());
    }

    private synchronized void receive(Inward.Link by, LocalSession opened, Map<String, ReasonCode> refused) {
        if (link != by) {
            // Whoever has let go of it has closed it.
            return;
        }
        refused.forEach(this::stillGiven);
        by.from(opened);
        // The retained messages of a subscription that goes on have been events before.
        SubscribeOptions options = new SubscribeOptions(settings.qos(), true, false, 1, 0);
        for (String filter : settings.filters()) {
            opened.subscribe(filter, options).thenAccept(code -> subscribed(filter, code));
        }
        around.log().log(LogType.NOTICE, "Gateway " + settings.name() + " to EventAdmin is open.");
    }

    private void subscribed(String filter, ReasonCode code) {
        if (code.isFailure()) {
            around.log().log(
                    LogType.ERROR,
                    "Error: Gateway " + settings.name() + " cannot subscribe to " + filter + ": " + code.text());
        }
    }

    /** The session has ended: an operator has ended it, or another one has taken its name. */
    private void lost(Inward.Link by, ReasonCode reason) {
        if (reason == ReasonCode.SESSION_TAKEN_OVER && around.succeeded().getAsBoolean()) {
            giveWay(by);
        } else if (reason != ReasonCode.SERVER_SHUTTING_DOWN) {
            again(by, "has lost its session: " + reason.text());
        }
    }

    /** Leaves the session to the one that takes its place; should that go, it is needed again. */
    private synchronized void giveWay(Inward.Link by) {
        if (link == by) {
            leave();
            around.timer().after(SHORTEST_PAUSE_MILLIS, this::openWhenAlone);
        }
    }

    private synchronized void openWhenAlone() {
        if (working && around.succeeded().getAsBoolean()) {
            around.timer().after(SHORTEST_PAUSE_MILLIS, this::openWhenAlone);
        } else {
            open();
        }
    }

    private void leave() {
        link = null;
        session = null;
        outward.to(null);
    }

    /** Tries again after a pause, that grows until a session has lasted for the longest one. */
    private synchronized void again(Inward.Link by, String why) {
        if (link != by) {
            return;
        }
        leave();
        if (around.timer().millis() - openedAt >= LONGEST_PAUSE_MILLIS) {
            pauseMillis = SHORTEST_PAUSE_MILLIS;
        }
        around.log().log(
                LogType.ERROR,
                "Error: Gateway " + settings.name() + " " + why + ". It tries again in " + pauseMillis / 1000 + " s.");
        around.timer().after(pauseMillis, this::open);
        pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
    }

    /** Ends, when it has begun. Blocks for a moment, so that what the next one is given has not been an event already. */
    void end() {
        Inward.Link last;
        LocalSession open;
        synchronized (this) {
            working = false;
            if (handler != null) {
                handler.unregister();
                handler = null;
            }
            outward.to(null);
            last = link;
            open = session;
            link = null;
            session = null;
        }
        if (last != null && open != null) {
            last.rest();
            open.close();
        }
    }
}
