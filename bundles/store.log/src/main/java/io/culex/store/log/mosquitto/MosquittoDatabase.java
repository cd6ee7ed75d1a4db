// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.mosquitto;

import io.culex.api.local.SubscribeOptions;
import io.culex.api.message.QoS;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code mosquitto.db} of format 6 holds (SPEC H.8), as the C structures stand there: numbers of 64 bits in the order of
 * the machine that wrote it, which is taken for little endian; all others in that of the network.
 */
public final class MosquittoDatabase {
    private static final byte[] MAGIC = {0, (byte) 0xB5, 0, 'm', 'o', 's', 'q', 'u', 'i', 't', 't', 'o', ' ', 'd', 'b'};
    private static final int VERSION_AT = 19;
    private static final int CHUNKS_AT = 23;
    private static final int VERSION = 6;
    /** The longest array. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private static final int NO_LOCAL = 1 << 2;
    private static final int RETAIN_AS_PUBLISHED = 1 << 3;
    private static final int HANDLING_SHIFT = 4;
    private static final long LAST_SECOND = Long.MAX_VALUE / 1000;

    /** A message; {@code expiry} in seconds since 1970, 0: none. */
    record Message(
            long id,
            long expiry,
            int port,
            int qos,
            boolean retain,
            String source,
            @Nullable String username,
            byte[] topic,
            byte[] payload,
            byte[] properties) {
        Message {
            QoS.of(qos);
            checkTime(expiry);
        }
    }

    /** A client; {@code expiresAt} in seconds since 1970, 0: was connected, or never. */
    record Client(String id, @Nullable String username, int port, long expiresAt, long expiryInterval) {
        Client {
            checkTime(expiresAt);
        }
    }

    /** A message of a client, on its way to it or from it. */
    record ClientMessage(
            String client,
            long message,
            int packetId,
            int qos,
            int state,
            boolean retain,
            boolean outgoing,
            int subscriptionIdentifier) {
        ClientMessage {
            QoS.of(qos);
        }
    }

    /** A subscription. */
    record Subscription(String client, String filter, SubscribeOptions options) {}

    final Map<Long, Message> messages = new TreeMap<>();
    final List<Client> clients = new ArrayList<>();
    final List<ClientMessage> clientMessages = new ArrayList<>();
    final List<Subscription> subscriptions = new ArrayList<>();
    final List<Long> retained = new ArrayList<>();

    private MosquittoDatabase() {}

    /**
     * Reads a database. Blocks on the file system.
     *
     * @throws IOException with one line that says what is wrong, and where
     */
    public static MosquittoDatabase read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST) {
            throw new IOException(
                    "Error: " + file + " has " + size + " bytes; no more than " + LARGEST + " can be taken over.");
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        if (bytes.limit() < CHUNKS_AT || !Arrays.equals(bytes.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("Error: " + file + " is not a database of Mosquitto.");
        }
        if (bytes.getInt(VERSION_AT) != VERSION) {
            throw new IOException("Error: " + file + " has format " + bytes.getInt(VERSION_AT)
                    + "; only format 6, of Mosquitto 2, can be taken over.");
        }
        MosquittoDatabase database = new MosquittoDatabase();
        bytes.position(CHUNKS_AT);
        int place = CHUNKS_AT;
        try {
            while (bytes.hasRemaining()) {
                place = bytes.position();
                int type = bytes.getInt();
                int length = bytes.getInt();
                if (length < 0 || length > bytes.remaining()) {
                    throw new BufferUnderflowException();
                }
                database.chunk(type, bytes.slice(bytes.position(), length));
                bytes.position(bytes.position() + length);
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("Error: " + file + " is damaged at " + place + ".", e);
        }
        return database;
    }

    private static void checkTime(long seconds) {
        if (seconds < 0 || seconds > LAST_SECOND) {
            throw new IllegalArgumentException("no time: " + seconds);
        }
    }

    private void chunk(int type, ByteBuffer chunk) {
        switch (type) {
            case 2 -> message(chunk);
            case 3 -> clientMessage(chunk);
            case 4 -> retained.add(own(chunk));
            case 5 -> subscription(chunk);
            case 6 -> client(chunk);
            default -> {} // the configuration chunk, and what later versions may add
        }
    }

    private static long own(ByteBuffer chunk) {
        long value = chunk.order(ByteOrder.LITTLE_ENDIAN).getLong();
        chunk.order(ByteOrder.BIG_ENDIAN);
        return value;
    }

    private static byte[] bytes(ByteBuffer chunk, int count) {
        if (count < 0 || count > chunk.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[count];
        chunk.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer chunk, int count) {
        return new String(bytes(chunk, count), StandardCharsets.UTF_8);
    }

    private static int u16(ByteBuffer chunk) {
        return chunk.getShort() & 0xFFFF;
    }

    private void message(ByteBuffer chunk) {
        long id = own(chunk);
        long expiry = own(chunk);
        int payloadLength = chunk.getInt();
        chunk.getShort(); // the Packet Identifier of its sender
        int sourceLength = u16(chunk);
        int usernameLength = u16(chunk);
        int topicLength = u16(chunk);
        int port = u16(chunk);
        int qos = chunk.get();
        boolean retain = chunk.get() != 0;
        String source = text(chunk, sourceLength);
        String username = usernameLength == 0 ? null : text(chunk, usernameLength);
        byte[] topic = bytes(chunk, topicLength);
        byte[] payload = bytes(chunk, payloadLength);
        byte[] properties = chunk.hasRemaining() ? bytes(chunk, MqttNumber.read(chunk)) : new byte[0];
        messages.put(id, new Message(id, expiry, port, qos, retain, source, username, topic, payload, properties));
    }

    private void client(ByteBuffer chunk) {
        long expiresAt = own(chunk);
        long interval = chunk.getInt() & 0xFFFF_FFFFL;
        chunk.getShort(); // the last Packet Identifier
        int idLength = u16(chunk);
        int port = u16(chunk);
        int usernameLength = u16(chunk);
        chunk.getInt(); // padding
        String id = text(chunk, idLength);
        clients.add(
                new Client(id, usernameLength == 0 ? null : text(chunk, usernameLength), port, expiresAt, interval));
    }

    private void clientMessage(ByteBuffer chunk) {
        long message = own(chunk);
        int packetId = u16(chunk);
        int idLength = u16(chunk);
        int qos = chunk.get();
        int state = chunk.get();
        boolean retain = (chunk.get() & 0xF0) != 0;
        boolean outgoing = chunk.get() == 1;
        String client = text(chunk, idLength);
        int identifier = 0;
        if (chunk.hasRemaining() && MqttNumber.read(chunk) > 0 && chunk.get() == MqttNumber.SUBSCRIPTION_IDENTIFIER) {
            identifier = MqttNumber.read(chunk);
        }
        clientMessages.add(new ClientMessage(client, message, packetId, qos, state, retain, outgoing, identifier));
    }

    private void subscription(ByteBuffer chunk) {
        int identifier = chunk.getInt();
        int idLength = u16(chunk);
        int filterLength = u16(chunk);
        int qos = chunk.get();
        int options = chunk.get();
        chunk.getShort(); // padding
        String client = text(chunk, idLength);
        SubscribeOptions how = new SubscribeOptions(
                QoS.of(qos),
                (options & NO_LOCAL) != 0,
                (options & RETAIN_AS_PUBLISHED) != 0,
                options >>> HANDLING_SHIFT & 3,
                identifier);
        subscriptions.add(new Subscription(client, text(chunk, filterLength), how));
    }

    /** What there is, for a person. */
    public String summary() {
        return clients.size() + " sessions, " + subscriptions.size() + " subscriptions, " + clientMessages.size()
                + " messages for them, " + retained.size() + " retained messages";
    }
}
