// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.transport.loop.EventLoopsComponent;
import io.culex.transport.socket.Sockets;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
class ChannelMoveTest {
    private static final int BYTES = 3_000_000;

    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    private EventLoopsComponent loops;

    @AfterEach
    void stop() {
        loops.stop();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void losesNoByteInHundredsOfMoves(boolean nativeTransport, boolean tcp) throws Exception {
        loops = EventLoopsComponent.start(3, nativeTransport);
        AtomicInteger moves = new AtomicInteger();
        Nomad nomad = new Nomad(loops, moves);
        try (SocketChannel client = connect(tcp, nomad)) {
            Thread writer = new Thread(() -> send(client), "writer");
            writer.start();
            readBack(client);
            writer.join();
        }
        assertEquals(BYTES, nomad.next);
        assertTrue(moves.get() >= 300, "moves: " + moves);
        assertEquals(0, nomad.failures.get());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void tellsExactlyOnceWhenTheChannelIsClosedMeanwhile(boolean nativeTransport) throws Exception {
        loops = EventLoopsComponent.start(2, nativeTransport);
        for (int round = 0; round < 200; round++) {
            try (SocketChannel client = connect(true, new ChannelInboundHandlerAdapter())) {
                AtomicInteger inactive = new AtomicInteger();
                AtomicInteger told = new AtomicInteger();
                Channel channel = takeAccepted(inactive);
                EventLoop target = other(channel.eventLoop());
                boolean ask = round % 2 == 0;
                move(channel, target, told);
                if (ask) {
                    ChannelMove.execute(channel, channel::close);
                } else {
                    reset(client);
                    ChannelMove.execute(channel, channel::close);
                }
                Await.until("one callback", () -> told.get() > 0);
                assertTrue(channel.closeFuture().await(10, TimeUnit.SECONDS));
                Await.until("channelInactive", () -> inactive.get() > 0);
                target.submit(() -> {}).get();
                assertEquals(1, inactive.get());
                assertTrue(told.get() == 1 || told.get() == 1000, "told: " + told);
            }
        }
    }

    /** It comes after the loop has closed what it had: nobody would close it, nor tell its client. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void isClosedWhenItComesToALoopThatEnds(boolean nativeTransport) throws Exception {
        loops = EventLoopsComponent.start(1, nativeTransport);
        EventLoopsComponent ending = EventLoopsComponent.start(1, nativeTransport);
        EventLoop target = ending.loops().get(0);
        AtomicInteger inactive = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch comes = new CountDownLatch(1);
        SocketChannel first = connect(true, new ChannelInboundHandlerAdapter());
        Channel there = takeAccepted(new AtomicInteger());
        try (first;
                SocketChannel client = connect(true, new ChannelInboundHandlerAdapter())) {
            Channel channel = takeAccepted(inactive);
            there.closeFuture().addListener(closed -> {
                closing.countDown();
                comes.await();
            });
            move(there, target, told);
            Await.until("the first to be there", () -> told.get() == 1);
            Thread stopper = new Thread(ending::stop);
            stopper.start();
            closing.await();
            EventLoop source = channel.eventLoop();
            move(channel, target, told);
            Await.until("it to be on its way", () -> !channel.isRegistered());
            source.submit(() -> {}).get();
            comes.countDown();
            stopper.join();
            assertEquals(1 + 1000, told.get());
            assertEquals(1, inactive.get());
            assertEquals(-1, client.read(ByteBuffer.allocate(1)));
        }
    }

    private static void move(Channel channel, EventLoop target, AtomicInteger told) {
        channel.eventLoop().execute(() -> {
            channel.config().setAutoRead(false);
            ChannelMove.move(channel, target, told::incrementAndGet, cause -> told.addAndGet(1000));
        });
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void stayingOnTheLoopIsAMoveToo(boolean nativeTransport) throws Exception {
        loops = EventLoopsComponent.start(1, nativeTransport);
        try (SocketChannel client = connect(true, new ChannelInboundHandlerAdapter())) {
            Channel channel = takeAccepted(new AtomicInteger());
            AtomicInteger told = new AtomicInteger();
            channel.eventLoop()
                    .submit(() -> {
                        channel.config().setAutoRead(false);
                        ChannelMove.move(channel, channel.eventLoop(), told::incrementAndGet, cause -> {});
                        return null;
                    })
                    .get();
            assertEquals(1, told.get());
            assertTrue(client.isConnected());
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void refusesAChannelThatReadsAndAForeignThread(boolean nativeTransport) throws Exception {
        loops = EventLoopsComponent.start(2, nativeTransport);
        try (SocketChannel client = connect(true, new ChannelInboundHandlerAdapter())) {
            Channel channel = takeAccepted(new AtomicInteger());
            EventLoop target = other(channel.eventLoop());
            assertThrows(IllegalStateException.class, () -> ChannelMove.move(channel, target, () -> {}, cause -> {}));
            ExecutionException refused = assertThrows(ExecutionException.class, () -> channel.eventLoop()
                    .submit(() -> ChannelMove.move(channel, target, () -> {}, cause -> {}))
                    .get());
            assertInstanceOf(IllegalStateException.class, refused.getCause());
            assertTrue(client.isConnected());
        }
    }

    private static void reset(SocketChannel client) throws IOException {
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
    }

    private Channel takeAccepted(AtomicInteger inactive) throws Exception {
        Channel channel = accepted.remove();
        channel.eventLoop()
                .submit(() -> channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelInactive(ChannelHandlerContext ctx) {
                        inactive.incrementAndGet();
                        ctx.fireChannelInactive();
                    }

                    @Override
                    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                        ctx.close();
                    }
                }))
                .get();
        return channel;
    }

    private EventLoop other(EventLoop loop) {
        return loops.loops().get(0) == loop
                ? loops.loops().get(1)
                : loops.loops().get(0);
    }

    private SocketChannel connect(boolean tcp, ChannelInboundHandlerAdapter handler) throws Exception {
        Sockets sockets = Sockets.of(loops);
        Path path = folder.resolve("s");
        SocketAddress bind =
                tcp ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0) : sockets.unixAddress(path);
        Channel server = new ServerBootstrap()
                .group(loops.group())
                .channelFactory(() -> tcp ? sockets.tcpServer(false) : sockets.unixServer())
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(2_000))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(handler);
                        accepted.add(channel);
                    }
                })
                .bind(bind)
                .sync()
                .channel();
        assertEquals(loops.nativeTransport(), server.getClass().getName().contains("Epoll"));
        SocketChannel client = SocketChannel.open(tcp ? server.localAddress() : UnixDomainSocketAddress.of(path));
        Await.until("accepted", () -> !accepted.isEmpty());
        server.close().sync();
        return client;
    }

    private static void send(SocketChannel client) {
        ByteBuffer chunk = ByteBuffer.allocate(3_001);
        try {
            for (int sent = 0; sent < BYTES; ) {
                chunk.clear().limit(Math.min(chunk.capacity(), BYTES - sent));
                while (chunk.hasRemaining()) {
                    chunk.put((byte) (sent++ * 31));
                }
                chunk.flip();
                while (chunk.hasRemaining()) {
                    client.write(chunk);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void readBack(SocketChannel client) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(64_000);
        for (int got = 0; got < BYTES; ) {
            chunk.clear();
            assertTrue(client.read(chunk) > 0, "ended after " + got);
            chunk.flip();
            while (chunk.hasRemaining()) {
                if (chunk.get() != (byte) (got * 31)) {
                    throw new AssertionError("wrong byte at " + got);
                }
                got++;
            }
        }
    }
}
