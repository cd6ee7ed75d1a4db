// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/** One socket, TCP or unix, with reads that end at a deadline. Frames are cut here, judged in {@link PacketDecoder}. */
final class Link implements AutoCloseable {
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(30);

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private ByteBuffer received = ByteBuffer.allocate(4096).flip();

    private Link(SocketChannel channel, Selector selector, SelectionKey key) {
        this.channel = channel;
        this.selector = selector;
        this.key = key;
    }

    static Link open(SocketAddress address) {
        try {
            SocketChannel channel = SocketChannel.open(address);
            if (address instanceof InetSocketAddress) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            return new Link(channel, selector, channel.register(selector, SelectionKey.OP_READ));
        } catch (IOException e) {
            throw new WireError("cannot connect to " + address + ": " + e.getMessage(), e);
        }
    }

    /** One packet as it came. */
    record Frame(int firstByte, byte[] body) {}

    /** The next packet; empty when the broker closed the connection. */
    Optional<Frame> read(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<Frame> frame = cut();
            if (frame.isPresent()) {
                return frame;
            }
            if (!await(SelectionKey.OP_READ, end - System.nanoTime())) {
                throw new ReadTimeoutException(limit);
            }
            if (!fill()) {
                if (received.hasRemaining()) {
                    throw new WireError("closed inside a packet after " + received.remaining() + " bytes");
                }
                return Optional.empty();
            }
        }
    }

    /** Nothing more is written; what comes is still read. */
    void endOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            throw new WireError("cannot end the output: " + e.getMessage(), e);
        }
    }

    void write(byte[] bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        long end = System.nanoTime() + WRITE_LIMIT.toNanos();
        try {
            while (left.hasRemaining()) {
                if (channel.write(left) == 0 && !await(SelectionKey.OP_WRITE, end - System.nanoTime())) {
                    throw new WireError("the broker takes no more bytes: " + left.remaining() + " left");
                }
            }
        } catch (IOException e) {
            throw new WireError("write failed: " + e.getMessage(), e);
        }
    }

    /** Ends the connection as a client does that is done. */
    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the connection with a reset, as a crashed peer does. */
    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    private boolean await(int operation, long nanos) {
        try {
            key.interestOps(operation);
            long millis = Math.max(0, nanos / 1_000_000);
            int ready = millis == 0 ? selector.selectNow() : selector.select(millis);
            selector.selectedKeys().clear();
            return ready > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** False at the end of the stream. A reset counts as one: the broker ended the connection. */
    private boolean fill() {
        ByteBuffer more = ByteBuffer.allocate(65536);
        try {
            if (channel.read(more) < 0) {
                return false;
            }
        } catch (IOException e) {
            received = ByteBuffer.allocate(0);
            return false;
        }
        more.flip();
        ByteBuffer joined = ByteBuffer.allocate(received.remaining() + more.remaining());
        received = joined.put(received).put(more).flip();
        return true;
    }

    private Optional<Frame> cut() {
        int length = 0;
        for (int i = 1; i < received.remaining(); i++) {
            int digit = received.get(received.position() + i) & 0xFF;
            length |= (digit & 0x7F) << 7 * (i - 1);
            if (digit < 0x80) {
                return received.remaining() - 1 - i < length ? Optional.empty() : Optional.of(take(i, length));
            }
            if (i == 4) {
                throw new WireError("Remaining Length of more than four bytes");
            }
        }
        return Optional.empty();
    }

    private Frame take(int lengthBytes, int length) {
        int first = received.get() & 0xFF;
        if (lengthBytes > 1 && length >> 7 * (lengthBytes - 1) == 0) {
            throw new WireError("Remaining Length longer than needed [MQTT-1.5.5-1]");
        }
        received.position(received.position() + lengthBytes);
        byte[] body = new byte[length];
        received.get(body);
        return new Frame(first, body);
    }

    /** Nothing came in time. */
    static final class ReadTimeoutException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReadTimeoutException(Duration limit) {
            super("nothing received within " + limit.toMillis() + " ms");
        }
    }
}
