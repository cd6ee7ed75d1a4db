// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf.load;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One client of a load: its socket and MQTT 3.1.1, as far as a load needs it. On the load's thread, but the constructor. */
class LoadClient {
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;

    final Load load;
    final String id;
    private final SocketAddress address;
    private final Login login;
    private SocketChannel channel;
    private byte[] rest = {};
    private ByteBuffer out = ByteBuffer.allocate(1024);
    private boolean connected;
    private boolean expectsEnd;
    private int lastId;

    /**
     * How a client logs in.
     *
     * @param keepAlive in seconds; 0: for ever
     */
    record Login(String user, String password, int keepAlive) {}

    LoadClient(Load load, SocketAddress address, String id, Login login) {
        this.load = load;
        this.address = address;
        this.id = id;
        this.login = login;
    }

    /** Connects anew. */
    void open() throws IOException {
        channel = SocketChannel.open(address);
        channel.configureBlocking(false);
        channel.register(load.selector(), SelectionKey.OP_READ, this);
        connected = false;
        expectsEnd = false;
        rest = new byte[0];
        out.clear();
        ByteBuffer body = ByteBuffer.allocate(200).put(new byte[] {0, 4, 'M', 'Q', 'T', 'T', 4, (byte) 0xc2});
        body.putShort((short) login.keepAlive());
        string(body, id);
        string(body, login.user());
        string(body, login.password());
        packet(0x10, body);
    }

    static void string(ByteBuffer to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.putShort((short) bytes.length).put(bytes);
    }

    /** A packet of less than 16,384 bytes. */
    void packet(int first, ByteBuffer body) {
        body.flip();
        room(body.remaining() + 3).put((byte) first);
        if (body.remaining() > 127) {
            out.put((byte) (body.remaining() & 127 | 128)).put((byte) (body.remaining() >> 7));
        } else {
            out.put((byte) body.remaining());
        }
        out.put(body);
        load.dirty(this);
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            out = ByteBuffer.allocate(2 * (out.position() + bytes)).put(out.flip());
        }
        return out;
    }

    void acknowledgement(int type, int packetId) {
        room(4).put((byte) (type << 4 | (type == PUBREL ? 2 : 0))).put((byte) 2).putShort((short) packetId);
        load.dirty(this);
    }

    void ping() {
        room(2).put((byte) 0xc0).put((byte) 0);
        load.dirty(this);
    }

    void subscribe(String filter, int qos) {
        ByteBuffer body = ByteBuffer.allocate(200).putShort((short) nextId());
        string(body, filter);
        packet(0x82, body.put((byte) qos));
    }

    /** Sends a number; returns the Packet Identifier, 0 at QoS 0. */
    int publish(String topic, long number, int qos) {
        ByteBuffer body = ByteBuffer.allocate(200);
        string(body, topic);
        int packetId = qos == 0 ? 0 : nextId();
        if (qos > 0) {
            body.putShort((short) packetId);
        }
        packet(PUBLISH << 4 | qos << 1, body.putLong(number));
        return packetId;
    }

    private int nextId() {
        lastId = lastId % 0xFFFF + 1;
        return lastId;
    }

    /** Says goodbye; the end is no loss then. */
    void disconnect() {
        expectsEnd = true;
        room(2).put((byte) 0xe0).put((byte) 0);
        load.dirty(this);
    }

    void flush() throws IOException {
        out.flip();
        channel.write(out);
        out.compact();
        if (out.position() > 0) {
            load.dirty(this);
        }
    }

    /** Takes what has come, with what was left of it before. */
    void read(ByteBuffer buffer) throws IOException {
        buffer.clear().put(rest);
        int count = channel.read(buffer);
        buffer.flip();
        while (isComplete(buffer)) {
            int first = buffer.get() & 0xff;
            int length = length(buffer);
            ByteBuffer body = buffer.slice(buffer.position(), length);
            buffer.position(buffer.position() + length);
            received(first, body);
        }
        rest = new byte[buffer.remaining()];
        buffer.get(rest);
        if (count < 0) {
            close();
            closed();
        }
    }

    private static boolean isComplete(ByteBuffer buffer) {
        ByteBuffer look = buffer.duplicate();
        if (look.remaining() < 2 || (look.get(look.position() + 1) < 0 && look.remaining() < 3)) {
            return false;
        }
        look.get();
        return length(look) <= look.remaining();
    }

    private static int length(ByteBuffer buffer) {
        int low = buffer.get();
        return low >= 0 ? low : low & 127 | buffer.get() << 7;
    }

    private void received(int first, ByteBuffer body) {
        switch (first >> 4) {
            case 2 -> connack(body.get(1));
            case PUBLISH -> {
                int qos = first >> 1 & 3;
                byte[] topic = new byte[body.getShort()];
                body.get(topic);
                int packetId = qos > 0 ? body.getShort() & 0xffff : 0;
                if (qos > 0) {
                    acknowledgement(qos == 1 ? PUBACK : PUBREC, packetId);
                }
                published(new String(topic, StandardCharsets.UTF_8), body.getLong());
            }
            case PUBREC -> acknowledgement(PUBREL, body.getShort() & 0xffff);
            case PUBREL -> acknowledgement(PUBCOMP, body.getShort() & 0xffff);
            case PUBACK, PUBCOMP -> acknowledged(body.getShort() & 0xffff);
            case 9 -> subscribed(body.get(2));
            default -> {
                // PINGRESP, UNSUBACK.
            }
        }
    }

    private void connack(int code) {
        connected = code == 0;
        answered(code);
    }

    boolean isConnected() {
        return connected;
    }

    boolean expectsEnd() {
        return expectsEnd;
    }

    void close() {
        connected = false;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            load.problem(id + " cannot be closed: " + e);
        }
    }

    /** CONNACK came. */
    void answered(int code) {
        if (code != 0) {
            load.problem(id + " was refused with " + code);
        }
    }

    /** A PUBLISH came. */
    void published(String topic, long number) {
        load.problem(id + " received " + topic);
    }

    /** PUBACK or PUBCOMP came. */
    void acknowledged(int packetId) {
        load.problem(id + " has sent nothing, but got an acknowledgement");
    }

    /** SUBACK came. */
    void subscribed(int code) {
        if (code > 2) {
            load.problem(id + " may not subscribe");
        }
    }

    /** The broker has closed the connection. */
    void closed() {
        if (!expectsEnd) {
            load.problem(id + " was disconnected");
        }
    }

    /** Some time has passed. */
    void tick(long nanos) throws IOException {
        // Nothing to do.
    }
}
