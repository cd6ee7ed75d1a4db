// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.auth.Peer;
import io.culex.api.config.BrokerSettings;
import io.culex.api.config.Generation;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.core.loop.Clock;
import io.culex.core.loop.Loop;
import io.culex.core.plugin.CoreLog;
import io.culex.core.plugin.PluginRegistry;
import io.culex.core.store.StoreSeat;
import io.culex.testkit.RecordedLog;
import io.culex.transport.Arrival;
import io.culex.transport.Doors;
import io.culex.transport.Endpoint;
import io.culex.transport.PipelineStage;
import io.culex.transport.listen.Listeners;
import io.culex.transport.loop.EventLoopsComponent;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The broker on real loops and a real socket, put together by hand. */
public final class TestBroker implements AutoCloseable {
    private final EventLoopsComponent eventLoops;
    private final BrokerLoops loops;
    private final PluginRegistry registry;
    private final Broker broker;
    private final StoreSeat seat;
    private final Listeners listeners;
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private volatile UnaryOperator<Peer> stage = UnaryOperator.identity();
    private volatile @Nullable RecordedLog recorded;
    private long generation;

    /** Without a listener yet. */
    public TestBroker(int loopCount) {
        this(loopCount, ByteBufAllocator.DEFAULT, Clock.SYSTEM);
    }

    /** Whose connections take their buffers from {@code allocator}, and whose loops take the time from {@code clock}. */
    TestBroker(int loopCount, ByteBufAllocator allocator, Clock clock) {
        eventLoops = EventLoopsComponent.start(loopCount, true);
        loops = new BrokerLoops(eventLoops, clock);
        CoreLog log = CoreLog.of(new BrokerLog() {
            @Override
            public boolean enabled(LogType type) {
                return type == LogType.ERROR || recorded != null;
            }

            @Override
            public boolean connectionMessages() {
                return recorded != null;
            }

            @Override
            public void log(LogType type, String line) {
                RecordedLog all = recorded;
                if (all != null) {
                    all.log(type, line);
                }
                if (type == LogType.ERROR) {
                    System.err.println(line);
                } else if (type == LogType.WARNING) {
                    warnings.add(line);
                }
            }
        });
        registry = new PluginRegistry(loops, log);
        broker = new Broker(loops, registry, log);
        seat = new StoreSeat(broker, registry, log, Duration.ofSeconds(1));
        listeners = new Listeners(eventLoops);
        listeners.addLog(log);
        listeners.addEndpoint(new Endpoint() {
            @Override
            public String protocol() {
                return broker.protocol();
            }

            @Override
            public void attach(Channel channel, Arrival arrival) {
                channel.config().setAllocator(allocator);
                arrival.peer(stage.apply(arrival.peer()));
                broker.attach(channel, arrival);
            }
        });
    }

    /** What is logged from now on goes there, down to the last detail. */
    public void record(RecordedLog log) {
        recorded = log;
    }

    /** What was logged as a warning. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** What a stage of the listener learns of every client. */
    void stage(UnaryOperator<Peer> learns) {
        stage = learns;
    }

    /** Lets listeners have options of a stage; it does nothing. */
    void serve(String... options) {
        listeners.addStage(new PipelineStage() {
            @Override
            public int order() {
                return 200;
            }

            @Override
            public Set<String> options() {
                return Set.of(options);
            }

            @Override
            public boolean appliesTo(ListenerSettings settings) {
                return options().stream().anyMatch(settings.stages()::containsKey);
            }

            @Override
            public Prepared prepare(ListenerSettings settings) {
                return channel -> {};
            }
        });
    }

    /** Takes a generation as the configuration would. */
    public void take(BrokerSettings settings, List<ListenerSettings> doors) throws GenerationRefusedException {
        Generation next = new Generation(++generation, "test", settings, doors);
        registry.prepare(next);
        seat.prepare(next);
        listeners.prepare(next);
        registry.commit(next);
        seat.commit(next);
        listeners.commit(next);
    }

    /** A loopback listener open to everyone. */
    public static ListenerSettings door(int port) {
        return new ListenerSettings(
                "door",
                new ListenerSettings.Binding(port, "127.0.0.1", null, null, ListenerSettings.Family.IPV4),
                "mqtt",
                ListenerSettings.Clients.DEFAULTS,
                ListenerSettings.Access.LOCAL_ONLY,
                Map.of());
    }

    /** The port of the only listener. */
    public int port() {
        return listeners.listeners().get(0).port();
    }

    /** Its listeners all together. */
    Doors doors() {
        return listeners;
    }

    /** The broker itself. */
    public Broker broker() {
        return broker;
    }

    /** Where the store sits. */
    public StoreSeat seat() {
        return seat;
    }

    /** Where plugins are bound. */
    public PluginRegistry registry() {
        return registry;
    }

    /** Waits until what one loop has given another one has come there. */
    public void settle() {
        for (int round = 0; round < 3; round++) {
            for (Loop loop : loops.loops().all()) {
                CompletableFuture<Boolean> done = new CompletableFuture<>();
                loop.execute(() -> done.complete(true));
                done.join();
            }
        }
    }

    @Override
    public void close() {
        listeners.closeAll();
        loops.deactivate();
        eventLoops.stop();
    }

    /** Serves on the given port until it is killed: for a look by hand with any client. */
    public static void main(String[] args) throws Exception {
        TestBroker broker = new TestBroker(Integer.getInteger("culex.loops", 2));
        broker.take(BrokerSettings.DEFAULTS, List.of(door(Integer.parseInt(args[0]))));
        System.out.println("port " + broker.port());
        Thread.currentThread().join();
    }
}
