// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.unixgram;

import io.culex.api.process.UnixDatagrams;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * One unconnected, non-blocking socket that every datagram leaves by; it needs no event loop. Where Netty's native
 * transport does not load, the component does not activate and there is no such service.
 */
@Component(service = UnixDatagrams.class)
public final class EpollDatagrams implements UnixDatagrams {
    private final Socket socket;

    /**
     * Opens the socket.
     *
     * @throws UnsatisfiedLinkError where Netty's native transport does not run
     */
    @Activate
    public EpollDatagrams() {
        Epoll.ensureAvailability();
        socket = Socket.newSocketDomainDgram();
    }

    /** Closes the socket. */
    @Deactivate
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public void send(String path, byte[] datagram) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(datagram.length).put(datagram);
        if (socket.sendToDomainSocket(buffer, 0, datagram.length, address(path)) <= 0) {
            throw new IOException("the receiver at " + path + " cannot keep up");
        }
    }

    private static byte[] address(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && bytes[0] == '@') {
            bytes[0] = 0;
        }
        return bytes;
    }
}
