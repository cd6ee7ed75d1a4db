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
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** What a gateway has open while it works: a session in the broker, and a handler of events. Any thread. */
final class Traffic {
    private static final long FOR_EVER = 0xFFFF_FFFFL;

    private final Settings settings;
    private final BundleContext context;
    private final LocalSessions sessions;
    private final Inward inward;
    private final Outward outward;
    private final BrokerLog log;
    private boolean working;
    private @Nullable LocalSession session;
    private @Nullable ServiceRegistration<EventHandler> handler;

    Traffic(
            Settings settings,
            BundleContext context,
            LocalSessions sessions,
            Inward inward,
            Outward outward,
            BrokerLog log) {
        this.settings = settings;
        this.context = context;
        this.sessions = sessions;
        this.inward = inward;
        this.outward = outward;
        this.log = log;
    }

    /** Begins, unless it has. Does not block. */
    synchronized void begin() {
        if (working) {
            return;
        }
        working = true;
        LocalSessionRequest request = new LocalSessionRequest(
                "gateway-" + settings.name(),
                Authority.SYSTEM,
                !settings.durable(),
                settings.durable() ? FOR_EVER : 0,
                Inward.CREDIT);
        sessions.open(request, inward).whenComplete((opened, failure) -> {
            if (failure == null) {
                opened(opened);
            } else {
                log.log(
                        LogType.ERROR,
                        "Error: Gateway " + settings.name() + " has no session: " + failure.getMessage());
            }
        });
        if (!settings.events().isEmpty()) {
            handler = context.registerService(
                    EventHandler.class,
                    outward,
                    new Hashtable<>(
                            Map.of(EventConstants.EVENT_TOPIC, settings.events().toArray(String[]::new))));
        }
    }

    private synchronized void opened(LocalSession opened) {
        if (!working) {
            opened.close();
            return;
        }
        session = opened;
        outward.to(opened);
        inward.from(opened);
        SubscribeOptions options = new SubscribeOptions(settings.qos(), true, false, 0, 0);
        for (String filter : settings.filters()) {
            opened.subscribe(filter, options).thenAccept(code -> subscribed(filter, code));
        }
        log.log(LogType.NOTICE, "Gateway " + settings.name() + " to EventAdmin is open.");
    }

    private void subscribed(String filter, ReasonCode code) {
        if (code.isFailure()) {
            log.log(
                    LogType.ERROR,
                    "Error: Gateway " + settings.name() + " cannot subscribe to " + filter + ": " + code.text());
        }
    }

    /** Ends, when it has begun. */
    synchronized void end() {
        working = false;
        if (handler != null) {
            handler.unregister();
            handler = null;
        }
        outward.to(null);
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
