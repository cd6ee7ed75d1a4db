// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.dial;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Peer;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.ListenerSettings;
import io.culex.transport.DialRequest;
import io.culex.transport.HungryStage;
import io.culex.transport.PipelineStage;
import io.culex.transport.TcpOptions;
import io.culex.transport.loop.EventLoopsComponent;
import io.culex.transport.socket.Sockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One connection that comes to nothing must not cost the others theirs, and its reason is told at once. */
class DialFaultsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final EventLoopsComponent loops = EventLoopsComponent.start(1, false);
    private final CountDownLatch resolverBack = new CountDownLatch(1);
    private final AtomicInteger questions = new AtomicInteger();
    private @Nullable DialerComponent dialer;

    @AfterEach
    void stop() {
        resolverBack.countDown();
        if (dialer != null) {
            dialer.stop();
        }
        loops.stop();
    }

    private InetAddress[] resolve(String name) throws UnknownHostException {
        questions.incrementAndGet();
        if (name.startsWith("dead")) {
            try {
                resolverBack.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(name);
        }
        return name.equals("two")
                ? new InetAddress[] {InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.2")}
                : InetAddress.getAllByName(name);
    }

    private CompletableFuture<Channel> dial(String host, int port, Duration limit) {
        return dial(Sockets.of(loops), host, port, limit);
    }

    private CompletableFuture<Channel> dial(Sockets sockets, String host, int port, Duration limit) {
        DialerComponent now = dialer;
        if (now == null) {
            now = new DialerComponent(sockets, this::resolve);
            dialer = now;
        }
        return now.dial(
                        DialRequest.plain(InetSocketAddress.createUnresolved(host, port), limit),
                        loops.loops().get(0),
                        new Quiet())
                .toCompletableFuture();
    }

    @Test
    void namesThatNobodyAnswersForHoldUpNoOthers() throws Exception {
        for (int i = 0; i < 20; i++) {
            dial("dead" + i + ".example", 1883, LONG);
        }
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            int port = server.getLocalPort();
            assertTrue(dial("127.0.0.1", port, LONG).get(10, TimeUnit.SECONDS).isActive());
            assertTrue(dial("localhost", port, LONG).get(10, TimeUnit.SECONDS).isActive());
        }
    }

    @Test
    void aNameThatNobodyAnswersForIsAskedForOnlyOnceAtATime() throws Exception {
        CompletableFuture<Channel> first = dial("dead.example", 1883, LONG);
        CompletableFuture<Channel> second = dial("dead.example", 1884, LONG);
        resolverBack.countDown();
        for (CompletableFuture<Channel> each : List.of(first, second)) {
            ExecutionException failed = assertThrows(ExecutionException.class, () -> each.get(10, TimeUnit.SECONDS));
            assertInstanceOf(UnknownHostException.class, failed.getCause());
        }
        assertEquals(1, questions.get());
    }

    @Test
    void anAddressThatDoesNotAnswerLeavesTimeForTheNextOneOfTheName() throws Exception {
        // A backlog that is full lets further connections hang.
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Socket one = new Socket(silent.getInetAddress(), silent.getLocalPort());
                Socket another = new Socket(silent.getInetAddress(), silent.getLocalPort());
                ServerSocket answers = new ServerSocket(silent.getLocalPort(), 5, InetAddress.getByName("127.0.0.2"))) {
            assertTrue(one.isConnected() && another.isConnected());
            Channel channel =
                    dial("two", answers.getLocalPort(), Duration.ofSeconds(2)).get(10, TimeUnit.SECONDS);
            assertEquals(answers.getLocalSocketAddress(), channel.remoteAddress());
        }
    }

    @Test
    void thatThereIsNoSocketToBeHadIsSaidAtOnce() {
        CompletableFuture<Channel> dialled = dial(new NoSockets(), "127.0.0.1", 1883, LONG);
        ExecutionException failed = assertThrows(ExecutionException.class, () -> dialled.get(10, TimeUnit.SECONDS));
        IOException reason = assertInstanceOf(IOException.class, failed.getCause());
        assertEquals("Too many open files", reason.getMessage());
    }

    @Test
    void thatThereIsNoMemoryForAConnectionIsSaidAtOnce() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Channel> dialled = dial("127.0.0.1", server.getLocalPort(), LONG, new HungryStage());
            ExecutionException failed = assertThrows(ExecutionException.class, () -> dialled.get(10, TimeUnit.SECONDS));
            assertInstanceOf(OutOfMemoryError.class, failed.getCause());
            server.setSoTimeout(10_000);
            try (Socket closed = server.accept()) {
                closed.setSoTimeout(10_000);
                assertEquals(-1, closed.getInputStream().read());
            }
        }
    }

    /** The broker ends while the resolver or the disk is still asked. */
    @Test
    void aDialThatTheEndOfTheLoopsOvertakesFailsWithoutAWordOnAnyThread() throws Exception {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        try {
            CountDownLatch reading = new CountDownLatch(1);
            CountDownLatch diskBack = new CountDownLatch(1);
            CompletableFuture<Channel> slow = dial("127.0.0.1", 1883, LONG, new SlowStage(reading, diskBack));
            CompletableFuture<Channel> nameless = dial("dead.example", 1883, LONG);
            assertTrue(reading.await(10, TimeUnit.SECONDS));
            loops.stop();
            diskBack.countDown();
            resolverBack.countDown();
            CompletableFuture<Channel> late = dial("127.0.0.1", 1883, LONG);
            for (CompletableFuture<Channel> each : List.of(slow, nameless, late)) {
                assertThrows(ExecutionException.class, () -> each.get(10, TimeUnit.SECONDS));
            }
            assertEquals(List.of(), uncaught);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void whoStillWaitsWhenTheDialerStopsIsTold() throws Exception {
        CountDownLatch reading = new CountDownLatch(4);
        CountDownLatch diskBack = new CountDownLatch(1);
        SlowStage stage = new SlowStage(reading, diskBack);
        List<CompletableFuture<Channel>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(dial("127.0.0.1", 1883, LONG, stage));
        }
        waiting.add(dial("dead.example", 1883, LONG));
        assertTrue(reading.await(10, TimeUnit.SECONDS));
        requireNonNull(dialer).stop();
        waiting.add(dial("127.0.0.1", 1883, LONG));
        waiting.add(dial("other.example", 1883, LONG));
        for (CompletableFuture<Channel> each : waiting) {
            assertThrows(ExecutionException.class, () -> each.get(10, TimeUnit.SECONDS));
        }
        diskBack.countDown();
    }

    private CompletableFuture<Channel> dial(String host, int port, Duration limit, PipelineStage stage) {
        DialerComponent now = dialer;
        if (now == null) {
            now = new DialerComponent(Sockets.of(loops), this::resolve);
            now.addStage(stage);
            dialer = now;
        }
        return dial(host, port, limit);
    }

    /** Its files lie on a disk that is slow. */
    private record SlowStage(CountDownLatch reading, CountDownLatch back) implements PipelineStage {
        @Override
        public int order() {
            return 1;
        }

        @Override
        public Set<String> options() {
            return Set.of();
        }

        @Override
        public boolean appliesTo(ListenerSettings settings) {
            return false;
        }

        @Override
        public Prepared prepare(ListenerSettings settings) {
            throw new IllegalStateException("for listeners");
        }

        @Override
        public boolean appliesTo(DialRequest request) {
            return true;
        }

        @Override
        public Prepared prepare(DialRequest request) throws GenerationRefusedException {
            reading.countDown();
            try {
                back.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new GenerationRefusedException(GenerationRefusedException.Kind.CONFIGURATION, "Error: no such file");
        }
    }

    private static final class Quiet extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /** A process that has as many files open as it may. */
    private static final class NoSockets implements Sockets {
        private static ChannelException none() {
            return new ChannelException(new IOException("Too many open files"));
        }

        @Override
        public ServerChannel tcpServer(boolean ipv6) {
            throw none();
        }

        @Override
        public ServerChannel unixServer() {
            throw none();
        }

        @Override
        public Channel tcp() {
            throw none();
        }

        @Override
        public void tune(Channel tcp, TcpOptions options) {}

        @Override
        public Channel unix() {
            throw none();
        }

        @Override
        public SocketAddress unixAddress(Path path) {
            throw none();
        }

        @Override
        public ChannelOption<Boolean> reusePort() {
            return ChannelOption.SO_REUSEADDR;
        }

        @Override
        public boolean dualStack() {
            return false;
        }

        @Override
        public Peer.@Nullable UnixProcess process(Channel channel) {
            return null;
        }
    }
}
