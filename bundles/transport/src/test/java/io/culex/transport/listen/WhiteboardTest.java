// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Peer;
import io.culex.api.config.Generation;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.api.config.ListenerSettings;
import io.culex.transport.Arrival;
import io.culex.transport.Await;
import io.culex.transport.Endpoint;
import io.culex.transport.PipelineStage;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhiteboardTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListenerRestsWhileItsEndpointIsGone(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(Hall.tcp("a", port, "127.0.0.1"));
            try (Client before = Client.tcp("127.0.0.1", port)) {
                assertEquals("a", before.line());
                hall.listeners.removeEndpoint(hall.greeter);
                try (Client waiting = Client.tcp("127.0.0.1", port)) {
                    for (var loop : hall.loops.loops()) {
                        loop.submit(() -> {}).get();
                    }
                    assertEquals(1, hall.listeners.acceptedConnections());
                    assertTrue(hall.greeter.channels.get(0).isActive());
                    hall.listeners.addEndpoint(hall.greeter);
                    assertEquals("a", waiting.line());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewerEndpointTakesOverAtOnce(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(Hall.tcp("a", port, "127.0.0.1"));
            Greeter newer = new Greeter();
            hall.listeners.addEndpoint(newer);
            hall.listeners.removeEndpoint(hall.greeter);
            try (Client client = Client.tcp("127.0.0.1", port)) {
                assertEquals("a", client.line());
            }
            assertEquals(1, newer.arrivals.size());
            assertEquals(0, hall.greeter.arrivals.size());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEndpointThatThrowsLosesTheConnectionOnly(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.run(Hall.tcp("a", port, "127.0.0.1"));
            Endpoint broken = new Broken();
            hall.listeners.addEndpoint(broken);
            try (Client client = Client.tcp("127.0.0.1", port)) {
                assertEquals("", client.line());
            }
            Await.until("not counted any more", () -> hall.listeners.openConnections() == 0);
            hall.listeners.removeEndpoint(broken);
            try (Client client = Client.tcp("127.0.0.1", port)) {
                assertEquals("a", client.line());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stagesStandInTheirOrderBeforeTheEndpoint(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.listeners.addStage(new Stage(200, "certfile"));
            hall.listeners.addStage(new Stage(100, "enable_proxy_protocol"));
            hall.listeners.addStage(new Stage(300, "websockets_origin"));
            ListenerSettings plain = Hall.tcp("a", port, "127.0.0.1");
            hall.run(Hall.staged(plain, Map.of("certfile", "c", "enable_proxy_protocol", "2")));
            try (Client client = Client.tcp("127.0.0.1", port)) {
                assertEquals("a", client.line());
                List<String> names = hall.greeter.channels.get(0).pipeline().names();
                assertEquals(List.of("enable_proxy_protocol", "certfile", "greeter"), names.subList(0, 3));
                assertEquals(
                        "enable_proxy_protocol,certfile",
                        hall.greeter.arrivals.get(0).peer().identity());
            }
        }
    }

    /** As one whose files are being renewed just then. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewStageThatRefusesForAMomentServesLater(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            Stage old = new Stage(200, "certfile");
            hall.listeners.addStage(old);
            hall.run(Hall.staged(Hall.tcp("a", port, "127.0.0.1"), Map.of("certfile", "c")));
            hall.listeners.removeStage(old);
            Stage newer = new Stage(200, "certfile");
            newer.refuses = true;
            hall.listeners.addStage(newer);
            newer.refuses = false;
            try (Client client = Client.tcp("127.0.0.1", port)) {
                assertEquals("a", client.line());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesAnOptionWithoutStageAndAProtocolWithoutEndpoint(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            ListenerSettings plain = Hall.tcp("a", 0, "127.0.0.1");
            GenerationRefusedException option = assertThrows(
                    GenerationRefusedException.class, () -> hall.run(Hall.staged(plain, Map.of("certfile", "c"))));
            assertEquals(Kind.CONFIGURATION, option.kind());
            assertEquals("Error: Nothing serves the option 'certfile' of listener a.", option.getMessage());
            hall.listeners.removeEndpoint(hall.greeter);
            GenerationRefusedException protocol = assertThrows(GenerationRefusedException.class, () -> hall.run(plain));
            assertEquals("Error: Nothing serves the protocol 'mqtt' of listener a.", protocol.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStageThatRefusesLeavesTheOldState(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            hall.listeners.addStage(new Stage(200, "certfile"));
            ListenerSettings plain = Hall.tcp("a", port, "127.0.0.1");
            hall.run(plain);
            assertThrows(
                    GenerationRefusedException.class, () -> hall.run(Hall.staged(plain, Map.of("certfile", "bad"))));
            try (Client client = Client.tcp("127.0.0.1", port)) {
                assertEquals("a", client.line());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverServesWithoutAStageThatIsGone(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            int port = Hall.freePort();
            Stage stage = new Stage(200, "certfile");
            hall.listeners.addStage(stage);
            ListenerSettings settings = Hall.staged(Hall.tcp("a", port, "127.0.0.1"), Map.of("certfile", "c"));
            Generation generation = hall.generation(settings);
            hall.listeners.prepare(generation);
            hall.listeners.removeStage(stage);
            hall.listeners.commit(generation);
            try (Client client = Client.tcp("127.0.0.1", port)) {
                for (var loop : hall.loops.loops()) {
                    loop.submit(() -> {}).get();
                }
                assertEquals(0, hall.listeners.acceptedConnections());
                Stage newer = new Stage(200, "certfile");
                hall.listeners.addStage(newer);
                assertEquals("a", client.line());
                assertEquals(1, newer.prepared.get());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stagesAreLoadedAnewByEachGeneration(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            Stage stage = new Stage(200, "certfile");
            hall.listeners.addStage(stage);
            ListenerSettings settings = Hall.staged(Hall.tcp("a", 0, "127.0.0.1"), Map.of("certfile", "c"));
            hall.run(settings);
            hall.run(settings);
            assertEquals(2, stage.prepared.get());
        }
    }

    /** When the broker stops, its bundles go one after the other. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothingIsLoadedForListenersThatAreClosed(boolean nativeTransport) throws Exception {
        try (Hall hall = new Hall(nativeTransport)) {
            Stage stage = new Stage(200, "certfile");
            hall.listeners.addStage(stage);
            hall.run(Hall.staged(Hall.tcp("a", 0, "127.0.0.1"), Map.of("certfile", "c")));
            hall.listeners.closeAll();
            hall.listeners.removeEndpoint(hall.greeter);
            assertEquals(1, stage.prepared.get());
        }
    }

    private static final class Broken implements Endpoint {
        @Override
        public String protocol() {
            return "mqtt";
        }

        @Override
        public void attach(Channel channel, Arrival arrival) {
            throw new IllegalStateException("broken");
        }
    }

    /** Notes its option in the peer's identity. */
    private static final class Stage implements PipelineStage {
        private final int order;
        private final String option;
        private final AtomicInteger prepared = new AtomicInteger();
        private volatile boolean refuses;

        Stage(int order, String option) {
            this.order = order;
            this.option = option;
        }

        @Override
        public int order() {
            return order;
        }

        @Override
        public Set<String> options() {
            return Set.of(option);
        }

        @Override
        public boolean appliesTo(ListenerSettings settings) {
            return settings.stages().containsKey(option);
        }

        @Override
        public Prepared prepare(ListenerSettings settings) throws GenerationRefusedException {
            if (refuses || "bad".equals(settings.stages().get(option))) {
                throw new GenerationRefusedException(Kind.CONFIGURATION, "Error: bad");
            }
            prepared.incrementAndGet();
            return this::install;
        }

        private void install(Channel channel) {
            channel.pipeline().addLast(option, new ChannelInboundHandlerAdapter());
            Arrival arrival = Arrival.of(channel);
            Peer peer = arrival.peer();
            String seen = peer.identity() == null ? option : peer.identity() + "," + option;
            arrival.peer(new Peer(
                    peer.listener(), peer.socket(), peer.claimed(), peer.tls(), peer.unix(), peer.http(), seen));
        }
    }
}
