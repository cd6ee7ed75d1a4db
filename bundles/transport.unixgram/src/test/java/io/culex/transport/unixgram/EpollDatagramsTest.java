// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.unixgram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpollDatagramsTest {
    private final Path folder;
    private final EpollDatagrams datagrams = new EpollDatagrams();
    private final Socket receiver = Socket.newSocketDomainDgram();

    EpollDatagramsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void close() throws IOException {
        receiver.close();
        datagrams.close();
    }

    @Test
    void sendsToTheSocketAtAPath() throws IOException {
        String path = folder.resolve("log").toString();
        receiver.bind(new DomainSocketAddress(path));

        datagrams.send(path, "READY=1".getBytes(StandardCharsets.US_ASCII));
        datagrams.send(path, "STOPPING=1\n".getBytes(StandardCharsets.US_ASCII));

        assertEquals("READY=1", receive());
        assertEquals("STOPPING=1\n", receive());
    }

    @Test
    void takesALeadingAtForTheAbstractNameSpace() throws IOException {
        String name = "culex-test-" + UUID.randomUUID();
        receiver.bind(new DomainSocketAddress("\0" + name));

        datagrams.send("@" + name, new byte[] {'x'});

        assertEquals("x", receive());
    }

    @Test
    void saysThatNobodyListens() {
        byte[] datagram = {1};
        assertThrows(
                IOException.class, () -> datagrams.send(folder.resolve("none").toString(), datagram));
    }

    @Test
    void refusesInsteadOfWaitingForASlowReceiver() throws IOException {
        String path = folder.resolve("slow").toString();
        receiver.bind(new DomainSocketAddress(path));
        byte[] datagram = new byte[1000];

        assertThrows(IOException.class, () -> {
            for (int i = 0; i < 100_000; i++) {
                datagrams.send(path, datagram);
            }
        });
    }

    private String receive() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2000);
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        int length = 0;
        while (length <= 0 && System.nanoTime() < deadline) {
            length = receiver.recv(buffer, 0, buffer.capacity());
        }
        byte[] bytes = new byte[Math.max(length, 0)];
        buffer.get(0, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
