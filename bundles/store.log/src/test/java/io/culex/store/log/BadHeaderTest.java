// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.StoreLane;
import io.culex.store.log.Content.Delivery;
import io.culex.store.log.segment.FaultyDisk;
import io.culex.store.log.segment.StoreFolder;
import io.culex.testkit.Await;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose first block the disk does not give, or that are none of the store's. */
class BadHeaderTest {
    private static final int HEADER = 4096;
    private static final int COPY = 512;
    private static final int MESSAGES = 10;

    private final Path folder;
    private final StoreFolder store;
    private final FaultyDisk disk = new FaultyDisk();
    private final RecordedLog log = new RecordedLog();
    private final List<Long> ids = new ArrayList<>();

    BadHeaderTest(@TempDir Path folder) {
        this.folder = folder;
        this.store = new StoreFolder(folder, disk);
    }

    @BeforeEach
    void writeSomething() throws Exception {
        try (LogEngine engine = open()) {
            StoreLane lane = engine.lane(new Acks());
            lane.session(Stores.session(1));
            for (int i = 0; i < MESSAGES; i++) {
                ids.add(lane.newMessage());
                lane.message(Stores.message(ids.get(i), "payload" + i), Stores.to(1), Stores.none());
            }
        }
        log.lines().clear();
    }

    private LogEngine open() throws IOException {
        return LogEngine.open(store, Stores.SMALL, log);
    }

    private List<Long> found() throws IOException {
        try (LogEngine engine = open()) {
            Content content = Stores.content(engine);
            return content.sessions.isEmpty()
                    ? List.of()
                    : content.of(1).deliveries.stream().map(Delivery::message).toList();
        }
    }

    @Test
    void readsASegmentWhoseHeaderCannotBeReadByThoseOfTheOthers() throws Exception {
        found();
        byte[] before = Files.readAllBytes(store.file(1));
        disk.failReads("00000001.log", 0, HEADER);
        assertEquals(ids, found());
        assertEquals(
                List.of("ERROR Error: The header of the store's file " + store.file(1)
                        + " cannot be read: Input/output error; those of the others serve."),
                log.errors());
        assertArrayEquals(before, Files.readAllBytes(store.file(1)), "another time the disk may give it");
    }

    @Test
    void cutsTheTornTailOfASegmentWhoseHeaderCannotBeRead() throws Exception {
        found();
        byte[] bytes = Files.readAllBytes(store.file(2));
        Files.write(
                store.file(2),
                ByteBuffer.allocate(HEADER + 20).put(bytes, 0, HEADER).array());
        Files.write(store.file(2), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        disk.failReads("00000002.log", 0, HEADER);
        assertEquals(ids, found());
        assertEquals(1, log.lines("was cut off").size(), log.lines()::toString);
        log.lines().clear();
        assertEquals(ids, found());
        assertEquals(1, log.errors().size(), "only that it cannot be read: " + log.errors());
    }

    @Test
    void keepsTheFileWhoseHeaderCannotBeReadWhenNothingInItIsNeeded() throws Exception {
        found();
        disk.failReads("00000001.log", 0, HEADER);
        try (LogEngine engine = open()) {
            Stores.content(engine);
            StoreLane lane = engine.lane(new Acks());
            for (long id : ids) {
                lane.done(1, id, 1, 0);
            }
            lane.ended(1, new long[0], 0);
            Await.until("the segment to go", () -> !Files.exists(store.file(1)));
        }
        assertEquals(1, store.setAside().size());
    }

    /** Without any header nothing of the store can be told from garbage. */
    @Test
    void refusesWithOneLineWhenNoHeaderCanBeRead() throws Exception {
        byte[] before = Files.readAllBytes(store.file(1));
        FaultyDisk bad = new FaultyDisk();
        bad.failReads("00000001.log", 0, HEADER);
        IOException refusal =
                assertThrows(IOException.class, () -> LogEngine.open(new StoreFolder(folder, bad), Stores.SMALL, log));
        assertEquals(
                "Error: The store in " + folder + " cannot be opened: the header of " + store.file(1)
                        + " cannot be read (Input/output error), and there is no other.",
                refusal.getMessage());
        assertArrayEquals(before, Files.readAllBytes(store.file(1)));
        assertEquals(ids, found());
    }

    @Test
    void saysWhichFileGivesNothingAnyMore() throws Exception {
        FaultyDisk bad = new FaultyDisk();
        Files.write(store.file(1), new byte[1 << 20], StandardOpenOption.APPEND);
        bad.failReads("00000001.log", HEADER, Long.MAX_VALUE);
        IOException refusal =
                assertThrows(IOException.class, () -> LogEngine.open(new StoreFolder(folder, bad), Stores.SMALL, log));
        assertEquals(
                "Error: The store in " + folder + " cannot be opened: " + store.file(1)
                        + " cannot be read: Input/output error",
                refusal.getMessage());
    }

    /** A date has eight digits too. */
    @Test
    void leavesTheFilesOfOtherProgramsAlone() throws Exception {
        Path dated = folder.resolve("20240101.log");
        Path empty = folder.resolve("20240102.log");
        Files.writeString(dated, "a line of another program\n");
        Files.createFile(empty);
        for (int i = 0; i < 2; i++) {
            log.lines().clear();
            assertEquals(ids, found());
            assertEquals(List.of(), log.errors());
            assertEquals(2, log.lines("is none of the store's").size(), log.lines()::toString);
        }
        assertEquals("a line of another program\n", Files.readString(dated));
        assertEquals(0, Files.size(empty));
    }

    /** Without any header nobody knows either whether older files are missing. */
    @Test
    void setsTheOnlySegmentAsideWhoseHeaderIsDamagedAndGoesOn() throws Exception {
        Path only = store.file(0x5000);
        Files.move(store.file(1), only);
        byte[] bytes = Files.readAllBytes(only);
        Arrays.fill(bytes, 0, HEADER, (byte) 0x55);
        Files.write(only, bytes);
        try (LogEngine engine = open()) {
            assertEquals(
                    List.of(), Stores.content(engine).sessions.keySet().stream().toList());
            engine.lane(new Acks()).session(Stores.session(7));
        }
        assertEquals(List.of("ERROR Error: The header of the store's file " + only + " is damaged."), log.errors());
        assertArrayEquals(bytes, Files.readAllBytes(store.setAside().get(0)));
        log.lines().clear();
        try (LogEngine engine = open()) {
            assertEquals(
                    List.of(7L),
                    Stores.content(engine).sessions.keySet().stream().toList());
        }
        assertEquals(List.of(), log.errors(), "told once");
    }

    @Test
    void leavesAFileOfAnotherProgramAloneAlsoWhereNoFileIsTheStores() throws Exception {
        Files.delete(store.file(1));
        Path dated = Files.writeString(folder.resolve("20240101.log"), "a line of another program\n");
        for (int i = 0; i < 2; i++) {
            log.lines().clear();
            try (LogEngine engine = open()) {
                assertEquals(0, Stores.content(engine).sessions.size());
            }
            assertEquals(List.of(), log.errors());
            assertEquals(1, log.lines("is none of the store's").size(), log.lines()::toString);
        }
        assertEquals("a line of another program\n", Files.readString(dated));
        assertEquals(List.of(), store.setAside());
    }

    /** Which of them is meant nobody knows; the older one would be deleted as given up, or mixed with the other. */
    @Test
    void refusesAFolderWithFilesOfTwoStores(@TempDir Path base) throws Exception {
        StoreFolder other = new StoreFolder(base);
        LogEngine.open(other, Stores.SMALL, log).close();
        for (int i = 0; i < 3; i++) {
            LogEngine.open(other, Stores.SMALL, log).close();
        }
        Files.copy(other.file(3), store.file(3));
        IOException refusal = assertThrows(IOException.class, this::open);
        assertEquals(
                "Error: The store in " + folder + " cannot be opened: " + store.file(3) + " is of another store than "
                        + store.file(1) + "; only one can be in a folder.",
                refusal.getMessage());
        Files.delete(store.file(3));
        assertEquals(ids, found());
    }

    @Test
    void saysWhichFilesItDeletesThatWereGivenUp() throws Exception {
        byte[] bytes = Files.readAllBytes(store.file(1));
        Path old = store.file(1);
        try (LogEngine engine = open()) {
            Stores.content(engine);
            StoreLane lane = engine.lane(new Acks());
            lane.ended(1, ids.stream().mapToLong(Long::longValue).toArray(), ids.size());
            Await.until("the segment to go", () -> !Files.exists(old));
        }
        found(); // its file says that the first has gone
        log.lines().clear();
        Files.write(old, bytes); // somebody has put a backup there
        try (LogEngine engine = open()) {
            assertEquals(0, Stores.content(engine).sessions.size());
        }
        assertFalse(Files.exists(old));
        assertEquals(1, log.lines(old + " was given up before").size(), log.lines()::toString);
    }

    @Test
    void setsAsideWhatStandsInAShortFileBeforeItGetsAHeader() throws Exception {
        Files.writeString(store.file(2), "no header");
        assertEquals(ids, found());
        assertEquals(1, log.errors().size(), log.errors()::toString);
        assertEquals("no header", Files.readString(store.setAside().get(0)));
    }

    @Test
    void refusesAFileOfALaterVersionAndLeavesItAsItIs() throws Exception {
        byte[] bytes = Files.readAllBytes(store.file(1));
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at <= COPY; at += COPY) {
            header.putInt(at + 8, 2);
            CRC32C crc = new CRC32C();
            crc.update(bytes, at, 44);
            header.putInt(at + 44, (int) crc.getValue());
        }
        Files.write(store.file(1), bytes);
        IOException refusal = assertThrows(IOException.class, this::open);
        assertTrue(
                String.valueOf(refusal.getMessage()).endsWith(store.file(1) + " has format 2; this program knows 1."),
                refusal::toString);
        assertArrayEquals(bytes, Files.readAllBytes(store.file(1)));
    }

    @Test
    void givesTheFolderFreeAfterAnError() throws Exception {
        disk.on((call, file) -> {
            if (file.equals(store.file(1))) {
                throw new InternalError("for the test");
            }
        });
        assertThrows(InternalError.class, this::open);
        disk.on((call, file) -> {});
        assertEquals(ids, found());
    }
}
