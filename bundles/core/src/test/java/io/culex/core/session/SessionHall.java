// SPDX-License-Identifier: Apache-2.0
package io.culex.core.session;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.config.ListenerSettings;
import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.Message;
import io.culex.api.message.MessageProperties;
import io.culex.api.message.Payload;
import io.culex.api.message.QoS;
import io.culex.core.loop.Counter;
import io.culex.core.loop.InlineLoops;
import io.culex.core.plugin.TestPlugins;
import io.culex.core.route.Publication;
import io.culex.core.route.Router;
import io.culex.testkit.RecordedLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions on inline loops, without connections. */
final class SessionHall {
    static final String DOOR = "door";

    final InlineLoops loops = new InlineLoops(2);
    final RecordedLog log = new RecordedLog();
    final TestPlugins plugins = new TestPlugins(loops, log);
    final Services services;
    private long generation;

    SessionHall() {
        services = new Services(
                loops.loops(),
                new Router(loops.loops(), loops.clock(), plugins.registry().current()),
                new Directory(),
                plugins.registry().current(),
                plugins.registry().observers(),
                log);
        take(BrokerSettings.DEFAULTS);
    }

    void take(BrokerSettings settings, String... needed) {
        ListenerSettings door = new ListenerSettings(
                DOOR,
                new ListenerSettings.Binding(0, "127.0.0.1", null, null, ListenerSettings.Family.IPV4),
                "mqtt",
                ListenerSettings.Clients.DEFAULTS,
                new ListenerSettings.Access(true, true, "auto-", null, false, Arrays.asList(needed)),
                Map.of());
        plugins.registry().commit(new Generation(++generation, "run", settings, List.of(door)));
    }

    static BrokerSettings limits(int inflight, long inflightBytes, int queued, long queuedBytes) {
        return BrokerSettings.DEFAULTS.with(
                new BrokerSettings.Limits(inflight, inflightBytes, queued, queuedBytes, 2_000_000, 0, 0, -1, -1));
    }

    Session claim(String id) {
        List<Session> found = new ArrayList<>();
        services.directory().claim(new Identity("", id), services, loops.get(0), found::add);
        return found.get(0);
    }

    static Attachment how(boolean clean, long expiry, @Nullable WillMessage will) {
        return new Attachment(clean, new Subject("id", null, new FakeLink(DOOR).peer()), Standing.CLIENT, expiry, will);
    }

    /** Of a session of the broker itself. */
    static Attachment system() {
        return new Attachment(true, new Subject("system", null, new FakeLink("").peer()), Standing.SYSTEM, 0, null);
    }

    static Authorizer allowsEverything() {
        return new Authorizer() {
            @Override
            public Verdict check(Access access, Subject subject, String topic) {
                return Verdict.ALLOW;
            }

            @Override
            public long changes() {
                return 0;
            }
        };
    }

    /** A session that is kept for ever, with a link. */
    Session connect(String id, FakeLink link) {
        return connect(id, link, how(false, Session.NEVER, null));
    }

    Session connect(String id, FakeLink link, Attachment how) {
        Session session = claim(id);
        session.attach(link, how);
        session.begin(0);
        return session;
    }

    static void subscribe(Session session, String filter, int qos) {
        subscribe(session, filter, SubscribeOptions.of(QoS.of(qos)));
    }

    static void subscribe(Session session, String filter, SubscribeOptions options) {
        Subscriptions.Result result = session.subscriptions().subscribe(filter, options, 2, session.gate());
        if (result.code().isFailure()) {
            throw new AssertionError(filter + ": " + result.code());
        }
        if (result.replays() != null) {
            session.subscriptions().replay(result.replays());
        }
    }

    /** Publishes on the loop of the sessions; through another loop with {@link #publishAfar}. */
    void publish(String topic, String payload, int qos) {
        publish(0, topic, payload, qos, false);
    }

    void publishAfar(String topic, String payload, int qos) {
        publish(1, topic, payload, qos, false);
    }

    void publish(int loop, String topic, String payload, int qos, boolean retain) {
        Message message = new Message(topic, Payload.of(payload), QoS.of(qos), retain, MessageProperties.NONE);
        services.router()
                .publish(loops.get(loop), Publication.of(message, loops.clock().millis(), 0, null));
        loops.run();
    }

    static WillMessage will(String payload, long delaySeconds) {
        return new WillMessage(Publication.of(Message.of("will", payload), 0, 0, null), -1, delaySeconds);
    }

    long count(Counter counter) {
        return services.loops().sum(counter);
    }
}
