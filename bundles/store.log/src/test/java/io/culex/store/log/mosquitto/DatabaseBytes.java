// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.mosquitto;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A {@code mosquitto.db} as Mosquitto writes it. */
public final class DatabaseBytes {
    private static final int HEAD = 23;
    private static final int WAIT_FOR_PUBACK = 3;
    private static final int WAIT_FOR_PUBREL = 7;
    private static final int OUTGOING = 1;
    private static final int NO_LOCAL = 1 << 2;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Nothing in it. */
    public DatabaseBytes() {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        head.put(new byte[] {0, (byte) 0xB5, 0}).put(text("mosquitto db")).putInt(0);
        bytes.writeBytes(head.putInt(6).array());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuffer chunk(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.BIG_ENDIAN);
    }

    private static ByteBuffer own(ByteBuffer chunk, long value) {
        return chunk.putLong(Long.reverseBytes(value));
    }

    private DatabaseBytes add(int type, ByteBuffer chunk) {
        bytes.writeBytes(chunk(8).putInt(type).putInt(chunk.capacity()).array());
        bytes.writeBytes(chunk.array());
        return this;
    }

    /** A client whose session lasts for ever. */
    public DatabaseBytes client(String id) {
        ByteBuffer chunk = own(chunk(24 + id.length()), 0).putInt(-1).putShort((short) 0);
        chunk.putShort((short) id.length()).putInt(0).putInt(0);
        return add(6, chunk.put(text(id)));
    }

    /** A message of QoS 1. */
    public DatabaseBytes message(long id, String topic, int payloadLength) {
        return message(id, topic, payloadLength, 0);
    }

    /** An empty message of QoS 1 that is to be retained: it clears the topic. */
    public DatabaseBytes clearing(long id, String topic) {
        return message(id, topic, 0, 1);
    }

    /** That message is its topic's retained one. */
    public DatabaseBytes retained(long message) {
        return add(4, own(chunk(8), message));
    }

    private DatabaseBytes message(long id, String topic, int payloadLength, int retain) {
        ByteBuffer chunk = own(own(chunk(32 + topic.length() + payloadLength), id), 0);
        chunk.putInt(payloadLength).putShort((short) 0).putInt(0).putShort((short) topic.length());
        return add(2, chunk.putShort((short) 0).put((byte) 1).put((byte) retain).put(text(topic)));
    }

    /** That message on its way to that client. */
    public DatabaseBytes clientMessage(String client, long message) {
        return clientMessage(client, message, 1, WAIT_FOR_PUBACK, OUTGOING);
    }

    /** That message of that client, which has not released it: nobody else has got it yet. */
    public DatabaseBytes unreleased(String client, long message) {
        return clientMessage(client, message, 2, WAIT_FOR_PUBREL, 0);
    }

    private DatabaseBytes clientMessage(String client, long message, int qos, int state, int direction) {
        ByteBuffer chunk = own(chunk(16 + client.length()), message).putShort((short) 1);
        chunk.putShort((short) client.length()).put((byte) qos).put((byte) state);
        return add(3, chunk.put((byte) 0).put((byte) direction).put(text(client)));
    }

    /** A subscription of that client. */
    public DatabaseBytes subscription(String client, String filter) {
        return subscription(client, filter, 0);
    }

    /** A subscription of that client, to what others publish. */
    public DatabaseBytes subscriptionToOthers(String client, String filter) {
        return subscription(client, filter, NO_LOCAL);
    }

    private DatabaseBytes subscription(String client, String filter, int options) {
        ByteBuffer chunk = chunk(12 + client.length() + filter.length()).putInt(0);
        chunk.putShort((short) client.length()).putShort((short) filter.length());
        return add(
                5,
                chunk.put((byte) 1)
                        .put((byte) options)
                        .putShort((short) 0)
                        .put(text(client))
                        .put(text(filter)));
    }

    /** All of it. */
    public byte[] bytes() {
        return bytes.toByteArray();
    }
}
