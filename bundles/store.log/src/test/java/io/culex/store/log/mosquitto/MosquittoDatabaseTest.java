// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.mosquitto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that no Mosquitto writes: the file is damaged. */
class MosquittoDatabaseTest {
    private static final int CHUNKS_AT = 23;

    private final Path file;

    MosquittoDatabaseTest(@TempDir Path folder) {
        file = folder.resolve("mosquitto.db");
    }

    private static ByteBuffer database(int type, ByteBuffer chunk) {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNKS_AT + 8 + chunk.capacity());
        bytes.put(new byte[] {0, (byte) 0xB5, 0}).put("mosquitto db".getBytes(StandardCharsets.US_ASCII));
        return bytes.putInt(0).putInt(6).putInt(type).putInt(chunk.capacity()).put(chunk.array());
    }

    private static ByteBuffer message(long expiry, int qos) {
        ByteBuffer chunk = ByteBuffer.allocate(33).order(ByteOrder.LITTLE_ENDIAN);
        chunk.putLong(1).putLong(expiry).order(ByteOrder.BIG_ENDIAN);
        chunk.putInt(0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 1);
        return chunk.putShort((short) 1883).put((byte) qos).put((byte) 0).put((byte) 't');
    }

    private static ByteBuffer subscription(int qos, int options, int identifier) {
        ByteBuffer chunk = ByteBuffer.allocate(14);
        chunk.putInt(identifier).putShort((short) 1).putShort((short) 1);
        return chunk.put((byte) qos)
                .put((byte) options)
                .putShort((short) 0)
                .put((byte) 'c')
                .put((byte) 't');
    }

    private static ByteBuffer clientMessage(int qos) {
        ByteBuffer chunk = ByteBuffer.allocate(17).order(ByteOrder.LITTLE_ENDIAN);
        chunk.putLong(1).order(ByteOrder.BIG_ENDIAN);
        return chunk.putShort((short) 1)
                .putShort((short) 1)
                .put((byte) qos)
                .put((byte) 0)
                .put((byte) 0)
                .put((byte) 1)
                .put((byte) 'c');
    }

    private static ByteBuffer client(long expiresAt) {
        ByteBuffer chunk = ByteBuffer.allocate(25).order(ByteOrder.LITTLE_ENDIAN);
        chunk.putLong(expiresAt).order(ByteOrder.BIG_ENDIAN);
        chunk.putInt(0)
                .putShort((short) 0)
                .putShort((short) 1)
                .putShort((short) 0)
                .putShort((short) 0);
        return chunk.putInt(0).put((byte) 'c');
    }

    private void write(int type, ByteBuffer chunk) throws IOException {
        Files.write(file, database(type, chunk).array());
    }

    private void assertDamaged() {
        IOException refusal = assertThrows(IOException.class, () -> MosquittoDatabase.read(file));
        assertEquals("Error: " + file + " is damaged at " + CHUNKS_AT + ".", refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "0, -1", "-1, 1", "9223372036854775807, 1"})
    void refusesAMessageThatCannotBe(long expiry, int qos) throws Exception {
        write(2, message(expiry, qos));
        assertDamaged();
    }

    @ParameterizedTest
    @CsvSource({"3, 0, 0", "-1, 0, 0", "1, 48, 0", "1, 0, -1", "1, 0, 268435456"})
    void refusesASubscriptionThatCannotBe(int qos, int options, int identifier) throws Exception {
        write(5, subscription(qos, options, identifier));
        assertDamaged();
    }

    @ParameterizedTest
    @CsvSource({"3", "-1"})
    void refusesAMessageOfAClientThatCannotBe(int qos) throws Exception {
        write(3, clientMessage(qos));
        assertDamaged();
    }

    @ParameterizedTest
    @CsvSource({"-1", "9223372036854775807"})
    void refusesAClientThatCannotBe(long expiresAt) throws Exception {
        write(6, client(expiresAt));
        assertDamaged();
    }

    @Test
    void readsWhatCanBe() throws Exception {
        write(2, message(1, 2));
        assertEquals(1, MosquittoDatabase.read(file).messages.size());
        write(5, subscription(2, 32, 1));
        assertEquals(1, MosquittoDatabase.read(file).subscriptions.size());
        write(3, clientMessage(2));
        assertEquals(1, MosquittoDatabase.read(file).clientMessages.size());
        write(6, client(1));
        assertEquals(1, MosquittoDatabase.read(file).clients.size());
    }

    /** Holes: it takes no space. */
    @Test
    void refusesAFileThatDoesNotFitIntoMemoryWithOneLine() throws Exception {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(3L << 30);
        }
        IOException refusal = assertThrows(IOException.class, () -> MosquittoDatabase.read(file));
        assertEquals(
                "Error: " + file + " has " + (3L << 30) + " bytes; no more than 2147483639 can be taken over.",
                refusal.getMessage());
    }
}
