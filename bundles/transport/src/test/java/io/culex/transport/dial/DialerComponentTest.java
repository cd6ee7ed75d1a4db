// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.transport.DialRequest;
import io.culex.transport.PipelineStage;
import io.culex.transport.TcpOptions;
import io.culex.transport.loop.EventLoopsComponent;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class DialerComponentTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private EventLoopsComponent loops;
    private DialerComponent dialer;

    private void start(boolean nativeTransport) {
        loops = EventLoopsComponent.start(2, nativeTransport);
        dialer = new DialerComponent(loops);
    }

    @AfterEach
    void stop() {
        dialer.stop();
        loops.stop();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectsByNameOnTheLoopAskedFor(boolean nativeTransport) throws Exception {
        start(nativeTransport);
        EventLoop loop = loops.loops().get(1);
        Probe probe = new Probe();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            SocketAddress target = InetSocketAddress.createUnresolved("localhost", server.getLocalPort());
            Channel channel = dial(DialRequest.plain(target, TIMEOUT), loop, probe);
            assertSame(loop, channel.eventLoop());
            try (Socket accepted = server.accept()) {
                assertTrue(accepted.isConnected());
                assertTrue(probe.active.await(10, TimeUnit.SECONDS));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectsFromTheAddressAskedFor(boolean nativeTransport) throws Exception {
        start(nativeTransport);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            InetAddress from = InetAddress.getByName("127.0.0.3");
            dial(
                    new DialRequest(server.getLocalSocketAddress(), from, TIMEOUT, Map.of()),
                    loops.loops().get(0),
                    new Probe());
            try (Socket accepted = server.accept()) {
                assertEquals(from, accepted.getInetAddress());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void asksASilentEndWhetherItIsThere(boolean nativeTransport) throws Exception {
        start(nativeTransport);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            DialRequest request = new DialRequest(
                    server.getLocalSocketAddress(), null, TIMEOUT, new TcpOptions(7, 3, 2, 5000), Map.of());
            Channel channel = dial(request, loops.loops().get(0), new Probe());
            assertEquals(true, channel.config().getOption(ChannelOption.SO_KEEPALIVE));
            if (loops.nativeTransport()) {
                assertEquals(7, channel.config().getOption(EpollChannelOption.TCP_KEEPIDLE));
                assertEquals(3, channel.config().getOption(EpollChannelOption.TCP_KEEPINTVL));
                assertEquals(2, channel.config().getOption(EpollChannelOption.TCP_KEEPCNT));
                assertEquals(5000, channel.config().getOption(EpollChannelOption.TCP_USER_TIMEOUT));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectsToAUnixSocket(boolean nativeTransport, @TempDir Path folder) throws Exception {
        start(nativeTransport);
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        Probe probe = new Probe();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            dial(DialRequest.plain(address, TIMEOUT), loops.loops().get(0), probe);
            assertTrue(probe.active.await(10, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsWhyItCouldNotConnect(boolean nativeTransport) throws Exception {
        start(nativeTransport);
        EventLoop loop = loops.loops().get(0);
        SocketAddress closed;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            closed = server.getLocalSocketAddress();
        }
        assertInstanceOf(ConnectException.class, failure(DialRequest.plain(closed, TIMEOUT), loop));
        SocketAddress nowhere = InetSocketAddress.createUnresolved("no such host", 1);
        assertInstanceOf(IOException.class, failure(DialRequest.plain(nowhere, TIMEOUT), loop));
        DialRequest staged = new DialRequest(closed, null, TIMEOUT, Map.of("bridge_cafile", "c"));
        assertInstanceOf(GenerationRefusedException.class, failure(staged, loop));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesUpInTime(boolean nativeTransport) throws Exception {
        start(nativeTransport);
        // A backlog that is full lets further connections hang.
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Socket first = new Socket(InetAddress.getByName("127.0.0.1"), server.getLocalPort());
                Socket second = new Socket(InetAddress.getByName("127.0.0.1"), server.getLocalPort())) {
            assertTrue(first.isConnected() && second.isConnected());
            DialRequest request = DialRequest.plain(server.getLocalSocketAddress(), Duration.ofMillis(100));
            assertInstanceOf(
                    ConnectException.class, failure(request, loops.loops().get(0)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void passesTheStagesFirst(boolean nativeTransport) throws Exception {
        start(nativeTransport);
        dialer.addStage(new Outward());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            DialRequest request =
                    new DialRequest(server.getLocalSocketAddress(), null, TIMEOUT, Map.of("bridge_cafile", "c"));
            Channel channel = dial(request, loops.loops().get(0), new Probe());
            assertEquals("outward", channel.pipeline().names().get(0));
            assertInstanceOf(
                    Probe.class,
                    channel.pipeline().get(channel.pipeline().names().get(1)));
        }
    }

    private Channel dial(DialRequest request, EventLoop loop, Probe probe) throws Exception {
        return dialer.dial(request, loop, probe).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private Throwable failure(DialRequest request, EventLoop loop) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> dial(request, loop, new Probe()));
        return assertInstanceOf(Throwable.class, failed.getCause());
    }

    private static final class Probe extends ChannelInboundHandlerAdapter {
        private final CountDownLatch active = new CountDownLatch(1);

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            active.countDown();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    private static final class Outward implements PipelineStage {
        @Override
        public int order() {
            return 200;
        }

        @Override
        public Set<String> options() {
            return Set.of("bridge_cafile");
        }

        @Override
        public boolean appliesTo(ListenerSettings settings) {
            return false;
        }

        @Override
        public Prepared prepare(ListenerSettings settings) {
            throw new IllegalStateException("outward only");
        }

        @Override
        public boolean appliesTo(DialRequest request) {
            return request.stages().containsKey("bridge_cafile");
        }

        @Override
        public Prepared prepare(DialRequest request) {
            return channel -> channel.pipeline().addLast("outward", new ChannelInboundHandlerAdapter());
        }
    }
}
