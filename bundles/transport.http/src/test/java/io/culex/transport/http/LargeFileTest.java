// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that no network takes at once, over real sockets. */
class LargeFileTest {
    private static final int LARGE = 16 << 20;
    private static final int READERS = 20;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Socket> clients = new ArrayList<>();

    private final Path folder;
    private final Hall hall;
    private final Channel door;

    LargeFileTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
            large.setLength(LARGE);
        }
        hall = Hall.open(Map.of("http_dir", folder.toString()));
        door = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        hall.take(accepted);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    @AfterEach
    void close() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        hall.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }

    private DataInputStream ask(String request) throws IOException {
        InetSocketAddress address = (InetSocketAddress) door.localAddress();
        Socket client = new Socket(address.getAddress(), address.getPort());
        clients.add(client);
        client.setSoTimeout(10_000);
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return new DataInputStream(client.getInputStream());
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
    }

    /** Reads to the end of a head. */
    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** On the heap and outside of it: what waits for a socket lies there. */
    private static long memory() {
        System.gc();
        Runtime machine = Runtime.getRuntime();
        ByteBufAllocatorMetric buffers = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return machine.totalMemory() - machine.freeMemory() + buffers.usedDirectMemory();
    }

    @Test
    void manyWhoDoNotReadWhatTheyAskedForTakeNoMemory() throws Exception {
        long before = memory();
        for (int i = 0; i < READERS; i++) {
            assertTrue(head(ask(get("/large"))).contains("content-length: " + LARGE + "\r\n"));
        }
        long more = memory() - before;
        assertTrue(more < LARGE, more + " bytes more for " + READERS + " answers");
    }

    @Test
    void allOfItComesAndTheNextAnswerAfterIt() throws Exception {
        byte[] content = new byte[3 * 64 * 1024 + 1];
        new Random(7).nextBytes(content);
        Files.write(folder.resolve("bytes"), content);
        DataInputStream in = ask(get("/bytes") + get("/api/v1/version"));
        assertTrue(head(in).contains("content-length: " + content.length + "\r\n"));
        assertArrayEquals(content, in.readNBytes(content.length));
        assertTrue(head(in).startsWith("HTTP/1.1 200 "));
        assertEquals("9.8.7", new String(in.readNBytes(5), StandardCharsets.US_ASCII));
    }

    @Test
    void onlyTheHeadComesWhereNoMoreIsAskedFor() throws Exception {
        DataInputStream in = ask("HEAD /large HTTP/1.1\r\nHost: h\r\n\r\n" + get("/api/v1/version"));
        assertTrue(head(in).contains("content-length: " + LARGE + "\r\n"));
        assertTrue(head(in).contains("content-length: 5\r\n"));
    }

    @Test
    void aFileThatBecomesShorterEndsTheConnection() throws Exception {
        DataInputStream in = ask(get("/large") + get("/api/v1/version"));
        head(in);
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("large").toFile(), "rw")) {
            large.setLength(1);
        }
        long came = in.transferTo(OutputStream.nullOutputStream());
        assertTrue(came < LARGE, came + " bytes");
        assertThrows(EOFException.class, in::readByte);
    }
}
