// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.StoreLane;
import io.culex.store.log.Content.Delivery;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamageTest {
    private static final int MESSAGES = 40;
    private static final int HEADER = 4096;

    private final Path folder;
    private final List<Long> ids = new ArrayList<>();

    DamageTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void writeSomething() throws Exception {
        try (LogEngine store = Stores.open(folder)) {
            StoreLane lane = store.lane(new Acks());
            lane.session(Stores.session(1));
            for (int i = 0; i < MESSAGES; i++) {
                ids.add(lane.newMessage());
                lane.message(Stores.message(ids.get(i), "payload" + i), Stores.to(1), Stores.none());
            }
        }
    }

    private Path file(int segment) {
        return Stores.segments(folder).get(segment);
    }

    private void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 0x40;
        Files.write(file, bytes);
    }

    private List<Long> found(RecordedLog log) throws IOException {
        Content content = Stores.contentOf(folder, log);
        return content.sessions.isEmpty()
                ? List.of()
                : content.of(1).deliveries.stream().map(Delivery::message).toList();
    }

    /** Whatever byte of a message's record it is: that message is lost and told, no other. */
    @Test
    void losesOneRecordForAFlippedByteAndSaysSo() throws Exception {
        byte[] whole = Files.readAllBytes(file(0));
        int record = recordOf(whole, "payload20");
        int size = recordOf(whole, "payload21") - record;
        for (int at = 0; at < size - 8; at++) {
            flip(file(0), record + at);
            RecordedLog log = new RecordedLog();
            List<Long> expected = new ArrayList<>(ids);
            if (isCounted(whole, record, at)) {
                expected.remove(20);
            }
            assertEquals(expected, found(log), "byte " + at);
            if (isCounted(whole, record, at)) {
                assertEquals(1, log.errors().size(), () -> "errors " + log.errors());
                assertTrue(log.errors().get(0).contains(file(0) + " is damaged"), log.errors()::toString);
                assertTrue(log.errors().get(0).contains(" at " + record + " "), log.errors()::toString);
            }
            RecordedLog again = new RecordedLog();
            assertEquals(expected, found(again), "opened again");
            assertEquals(List.of(), again.errors(), "told once");
            restore(whole);
        }
        assertFalse(new StoreFolder(folder).setAside().isEmpty());
    }

    /** The zeros that fill a record up to 8 bytes count for nothing. */
    private static boolean isCounted(byte[] whole, int record, int at) {
        int length = whole[record] & 0xFF | (whole[record + 1] & 0xFF) << 8;
        return at < 12 + length;
    }

    private void restore(byte[] first) throws IOException {
        for (Path file : Stores.segments(folder)) {
            Files.delete(file);
        }
        Files.write(folder.resolve("00000001.log"), first);
    }

    private static int recordOf(byte[] bytes, String payload) {
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(payload);
        // Back to the head: the topic stands before the payload, the receiver before it, then the fixed part.
        return (at - "a/topic".length() - 12 - 24 - 12) & ~7;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8, 12, 20, 30, 36, 44, 47})
    void readsTheSecondHeaderWhenTheFirstIsDamaged(int at) throws Exception {
        flip(file(0), at);
        RecordedLog log = new RecordedLog();
        assertEquals(ids, found(log));
        assertEquals(1, log.errors().size(), log.errors()::toString);
        assertTrue(log.errors().get(0).contains("header"), log.errors()::toString);
        RecordedLog again = new RecordedLog();
        assertEquals(ids, found(again));
        assertEquals(List.of(), again.errors(), "told once");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, HEADER})
    void takesAFileThatWasJustMadeForANewOne(int size) throws Exception {
        Files.write(folder.resolve("00000002.log"), new byte[size]);
        for (int i = 0; i < 3; i++) {
            RecordedLog log = new RecordedLog();
            assertEquals(ids, found(log));
            assertEquals(List.of(), log.errors());
        }
    }

    @Test
    void readsASegmentWithoutAnyHeaderByThoseOfTheOthers() throws Exception {
        found(new RecordedLog()); // makes a second segment
        byte[] bytes = Files.readAllBytes(file(0));
        for (int i = 0; i < HEADER; i++) {
            bytes[i] = 0;
        }
        Files.write(file(0), bytes);
        RecordedLog log = new RecordedLog();
        assertEquals(ids, found(log));
        assertEquals(1, log.errors().size(), log.errors()::toString);
        RecordedLog again = new RecordedLog();
        assertEquals(ids, found(again));
        assertEquals(List.of(), again.errors(), "told once");
    }

    @Test
    void saysWhenASegmentEndsTooEarly() throws Exception {
        byte[] bytes = Files.readAllBytes(file(0));
        found(new RecordedLog());
        int record = recordOf(bytes, "payload30");
        Files.write(file(0), Arrays.copyOf(bytes, record));
        RecordedLog log = new RecordedLog();
        assertEquals(ids.subList(0, 30), found(log));
        assertTrue(log.errors().get(0).contains("ends too early, at " + record), log.errors()::toString);
    }

    @Test
    void saysWhichSegmentIsMissing() throws Exception {
        found(new RecordedLog());
        found(new RecordedLog());
        Files.delete(file(1));
        RecordedLog log = new RecordedLog();
        assertEquals(ids, found(log));
        assertEquals(1, log.errors().size());
        assertTrue(log.errors().get(0).contains("00000002.log are missing"), log.errors()::toString);
        RecordedLog again = new RecordedLog();
        assertEquals(ids, found(again));
        assertEquals(List.of(), again.errors(), "told once");
    }

    @Test
    void saysWhenTheOldestSegmentIsMissing() throws Exception {
        found(new RecordedLog());
        Files.delete(file(0));
        RecordedLog log = new RecordedLog();
        assertEquals(List.of(), found(log));
        assertTrue(log.errors().get(0).contains("00000001.log are missing"), log.errors()::toString);
    }

    @Test
    void cutsATornTailWithoutAnError() throws Exception {
        byte[] bytes = Files.readAllBytes(file(0));
        int record = recordOf(bytes, "payload39");
        Files.write(file(0), Arrays.copyOf(bytes, record + 30));
        RecordedLog log = new RecordedLog();
        assertEquals(ids.subList(0, 39), found(log));
        assertEquals(List.of(), log.errors());
        assertEquals(1, log.lines("was cut off at " + record).size());
    }

    @Test
    void takesNoRecordOfAnotherSegmentForItsOwn() throws Exception {
        found(new RecordedLog());
        byte[] first = Files.readAllBytes(file(0));
        byte[] second = Files.readAllBytes(file(1));
        byte[] mixed = Arrays.copyOf(second, first.length);
        System.arraycopy(first, HEADER, mixed, HEADER, first.length - HEADER);
        Files.delete(file(0));
        Files.write(file(0), mixed);
        assertEquals(List.of(), found(new RecordedLog()));
    }
}
