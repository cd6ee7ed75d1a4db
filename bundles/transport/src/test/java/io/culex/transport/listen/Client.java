// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.listen;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A plain blocking client. */
final class Client implements AutoCloseable {
    private final SocketChannel channel;
    private final InputStream in;

    private Client(SocketAddress to) throws IOException {
        channel = SocketChannel.open(to);
        in = Channels.newInputStream(channel);
    }

    static Client tcp(String host, int port) throws IOException {
        return new Client(new InetSocketAddress(host, port));
    }

    static Client unix(String path) throws IOException {
        return new Client(UnixDomainSocketAddress.of(path));
    }

    /** The next line, or "" at the end of the connection. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = read(); c != -1 && c != '\n'; c = read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    void send(String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private int read() throws IOException {
        try {
            return in.read();
        } catch (IOException reset) {
            if ("Connection reset".equals(reset.getMessage())) {
                return -1;
            }
            throw reset;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
