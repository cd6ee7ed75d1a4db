// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.transport.StaticFiles.OpenFile;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of a file that is sent: it is closed, and its place is there for the next one. */
class PageTest {
    private static final int LARGE = 64 << 20;

    private final PageReader reader = new PageReader(1);
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<ChannelHandlerContext> accepted = new LinkedBlockingQueue<>();
    private final Path path;
    private final OpenFile file;
    private final Socket client;
    private final ChannelHandlerContext server;

    PageTest(@TempDir Path folder) throws Exception {
        path = folder.resolve("large");
        setLength(LARGE);
        file = new OpenFile("text/plain", FileChannel.open(path), LARGE);
        ServerChannel door = (ServerChannel) new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        accepted.add(ctx);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        client = new Socket(InetAddress.getLoopbackAddress(), ((InetSocketAddress) door.localAddress()).getPort());
        client.setSoTimeout(10_000);
        server = accepted.take();
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        reader.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    private void setLength(long bytes) throws Exception {
        try (RandomAccessFile large = new RandomAccessFile(path.toFile(), "rw")) {
            large.setLength(bytes);
        }
    }

    private Page page() {
        CompletableFuture<Optional<Page>> found = new CompletableFuture<>();
        assertTrue(reader.read(() -> Optional.of(file), found::complete));
        return found.join().orElseThrow();
    }

    /** Sends it; completes with its end. */
    private CompletableFuture<Void> send(Page page) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        server.executor().execute(() -> {
            ChannelFuture sent =
                    page.send(server, Unpooled.copiedBuffer(new byte[1]), Unpooled.copiedBuffer(new byte[1]));
            sent.addListener(done -> {
                if (done.isSuccess()) {
                    end.complete(null);
                } else {
                    end.completeExceptionally(done.cause());
                }
            });
        });
        return end;
    }

    /** The client reads until its connection ends. */
    private void readOn() {
        Thread reads = new Thread(() -> {
            try {
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException closed) {
                // The test has ended.
            }
        });
        reads.start();
    }

    private void assertClosed() {
        Await.until("the file to be closed", () -> !file.channel().isOpen());
        Await.until("a place", () -> reader.read(Optional::empty, none -> {}));
    }

    @Test
    void allOfItComesBetweenHeadAndEnd() throws Exception {
        CompletableFuture<Void> end = send(page());
        assertEquals(LARGE + 2, client.getInputStream().readNBytes(LARGE + 2).length);
        end.join();
        assertClosed();
    }

    @Test
    void whatIsAddedMeanwhileDoesNotCome() throws Exception {
        CompletableFuture<Void> end = send(page());
        setLength(LARGE + 5);
        client.getInputStream().skipNBytes(LARGE + 2);
        end.join();
        assertEquals(0, client.getInputStream().available());
        assertClosed();
    }

    @Test
    void aFileThatBecomesShorterFails() throws Exception {
        CompletableFuture<Void> end = send(page());
        client.getInputStream().skipNBytes(1);
        setLength(0);
        readOn();
        assertThrows(CompletionException.class, end::join);
        assertClosed();
    }

    @Test
    void aClientThatGoesAwayEndsIt() throws Exception {
        CompletableFuture<Void> end = send(page());
        client.getInputStream().skipNBytes(1);
        assertTrue(file.channel().isOpen());
        client.close();
        assertThrows(CompletionException.class, end::join);
        assertClosed();
    }

    @Test
    void thereAreNoMoreThanThereArePlaces() {
        Page page = page();
        assertFalse(reader.read(Optional::empty, none -> {}));
        page.close();
        assertClosed();
    }

    @Test
    void itEndsWithItsReader() throws Exception {
        CompletableFuture<Void> end = send(page());
        client.getInputStream().skipNBytes(1);
        reader.close();
        readOn();
        assertThrows(CompletionException.class, end::join);
        assertFalse(file.channel().isOpen());
        assertFalse(reader.read(Optional::empty, none -> {}));
    }

    @Test
    void itIsClosedWhenTheLoopsAreGone() throws Exception {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        assertTrue(
                reader.read(() -> Optional.of(file), found -> server.executor().execute(found.orElseThrow()::close)));
        assertClosed();
    }

    @Test
    void aLookThatFailsLeavesItsPlace() throws Exception {
        CompletableFuture<Boolean> looked = new CompletableFuture<>();
        reader.read(
                () -> {
                    looked.complete(true);
                    throw new IllegalStateException("of the test");
                },
                found -> {});
        looked.get(10, TimeUnit.SECONDS);
        // What is read next runs on the same thread, after it.
        CompletableFuture<Boolean> after = new CompletableFuture<>();
        reader.run(() -> after.complete(true));
        after.get(10, TimeUnit.SECONDS);
        assertTrue(reader.read(Optional::empty, found -> {}));
    }
}
