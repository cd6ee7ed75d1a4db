// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.store.MessageStore;
import io.culex.core.loop.Clock;
import io.culex.core.loop.FakeClock;
import io.culex.core.plugin.TestPlugins;
import io.culex.core.session.Services;
import io.culex.core.session.Session;
import io.culex.core.store.StoreSeat;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.Ports;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A broker of two loops on a socket, and the clients of one test. */
final class Hall implements AutoCloseable {
    final TestBroker broker;
    final TestPlugins plugins;
    private final List<WireClient> clients = new ArrayList<>();

    Hall() {
        this(ByteBufAllocator.DEFAULT);
    }

    Hall(ByteBufAllocator allocator) {
        this(allocator, Clock.SYSTEM);
    }

    /** Where it is always the same instant to the loops: nobody is ever found slow. */
    static Hall outOfTime() {
        return new Hall(ByteBufAllocator.DEFAULT, new FakeClock());
    }

    private Hall(ByteBufAllocator allocator, Clock clock) {
        broker = new TestBroker(2, allocator, clock);
        plugins = new TestPlugins(broker.registry());
        take(BrokerSettings.DEFAULTS);
    }

    /** With a store that sits there from the start, and plugins that its door asks for. */
    Hall(MessageStore store, BrokerSettings settings, String... needed) {
        broker = new TestBroker(2);
        plugins = new TestPlugins(broker.registry());
        broker.seat().bindStore(store);
        take(settings, needed);
    }

    StoreSeat seat() {
        return broker.seat();
    }

    /** These settings, with a door that is open to everyone whom these plugins let in. */
    void take(BrokerSettings settings, String... needed) {
        take(settings, ListenerSettings.Clients.DEFAULTS, needed);
    }

    void take(BrokerSettings settings, ListenerSettings.Clients rules, String... needed) {
        take(settings, rules, new ListenerSettings.Access(true, true, "auto-", null, false, Arrays.asList(needed)));
    }

    void take(ListenerSettings.Access access) {
        take(BrokerSettings.DEFAULTS, ListenerSettings.Clients.DEFAULTS, access);
    }

    private void take(BrokerSettings settings, ListenerSettings.Clients rules, ListenerSettings.Access access) {
        try {
            broker.take(settings, List.of(TestBroker.door(0).with(rules).with(access)));
        } catch (GenerationRefusedException e) {
            throw new AssertionError(e);
        }
    }

    static BrokerSettings swapTimeout(Duration time) {
        return BrokerSettings.DEFAULTS.with(new BrokerSettings.Sessions(
                true, Duration.ZERO, Duration.ZERO, false, false, Duration.ofSeconds(30), time));
    }

    static BrokerSettings limits(int inflight, int queued, int maxPacket) {
        return BrokerSettings.DEFAULTS.with(new BrokerSettings.Limits(inflight, 0, queued, 0, maxPacket, 0, 0, -1, -1));
    }

    Services services() {
        return broker.broker().services();
    }

    Session session(String id) {
        return Objects.requireNonNull(services().directory().find(id), id);
    }

    void awaitSessions(int count) {
        Await.until(
                Duration.ofSeconds(10),
                () -> services().directory().size() + " sessions",
                () -> services().directory().size() == count);
    }

    /** A connection that has said nothing. */
    WireClient open(ProtocolVersion version) {
        WireClient client = WireClient.open(Ports.local(broker.port()), version);
        clients.add(client);
        return client;
    }

    WireClient connect(String id) {
        return connect(ProtocolVersion.V5, Connect.as(id));
    }

    WireClient connect(ProtocolVersion version, Connect connect) {
        WireClient client = open(version);
        client.connect(connect);
        return client;
    }

    /** May do what it says, and may change its mind. */
    static final class Acl implements Authorizer {
        private volatile Access denied;
        private volatile long changes;

        Acl(Access denied) {
            this.denied = denied;
        }

        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            return access == denied ? Verdict.DENY : Verdict.ALLOW;
        }

        @Override
        public long changes() {
            return changes;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
        void deny(Access access) {
            denied = access;
            changes++;
        }
    }

    @Override
    public void close() {
        clients.forEach(WireClient::close);
        broker.close();
        plugins.close();
    }
}
