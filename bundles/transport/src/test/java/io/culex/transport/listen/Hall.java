// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.config.ListenerSettings.Access;
import io.culex.api.config.ListenerSettings.Binding;
import io.culex.api.config.ListenerSettings.Clients;
import io.culex.api.config.ListenerSettings.Family;
import io.culex.testkit.RecordedLog;
import io.culex.transport.loop.EventLoopsComponent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Listeners with loops, a log and an endpoint, without OSGi. */
final class Hall implements AutoCloseable {
    final EventLoopsComponent loops;
    final RecordedLog log = new RecordedLog();
    final Greeter greeter = new Greeter();
    final Listeners listeners;
    private long number;

    Hall(boolean nativeTransport) {
        loops = EventLoopsComponent.start(2, nativeTransport);
        listeners = new Listeners(loops);
        listeners.addLog(log);
        listeners.addEndpoint(greeter);
    }

    void run(ListenerSettings... settings) throws GenerationRefusedException {
        Generation generation = generation(settings);
        listeners.prepare(generation);
        listeners.commit(generation);
    }

    Generation generation(ListenerSettings... settings) {
        return generation(-1, settings);
    }

    Generation generation(int globalMaxConnections, ListenerSettings... settings) {
        BrokerSettings.Limits limits =
                new BrokerSettings.Limits(20, 0, 1000, 0, 2_000_000, 0, 0, -1, globalMaxConnections);
        return new Generation(++number, "run", BrokerSettings.DEFAULTS.with(limits), List.of(settings));
    }

    @Override
    public void close() {
        listeners.closeAll();
        loops.stop();
    }

    static ListenerSettings tcp(String name, int port, @Nullable String host) {
        return tcp(name, new Binding(port, host, null, null, Family.ANY));
    }

    static ListenerSettings tcp(String name, Binding binding) {
        return new ListenerSettings(name, binding, "mqtt", Clients.DEFAULTS, Access.CLOSED, Map.of());
    }

    static ListenerSettings unix(String path) {
        return tcp(path, new Binding(0, null, path, null, Family.ANY));
    }

    static ListenerSettings limited(ListenerSettings settings, int maxConnections) {
        return settings.with(new Clients(maxConnections, 2, 10, 10, "", Set.of(3, 4, 5), true));
    }

    static ListenerSettings staged(ListenerSettings s, Map<String, String> options) {
        return new ListenerSettings(s.name(), s.binding(), s.protocol(), s.clients(), s.access(), options);
    }

    /** A port that is free on every address now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(0));
            return socket.getLocalPort();
        }
    }
}
