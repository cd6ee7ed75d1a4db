// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.config.LogSettings;
import io.culex.api.log.LogType;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** A destination on a disk that becomes full, and has room again. */
class RecipientTest {
    private static final String TEN_BYTES = "123456789";

    private final Disk disk = new Disk();
    private final List<String> told = new ArrayList<>();
    private final LongAdder count = new LongAdder();
    private final LineFormat format = new LineFormat(
            new LogSettings(Set.of(), null, EnumSet.allOf(LogType.class), false, null, 3, true), ZoneOffset.UTC);
    private final Recipient recipient =
            new Recipient(StreamOutlet.to("file", disk), new Recipient.Failures(count, told::add, this::now));
    private long nanos;

    private long now() {
        return nanos;
    }

    private void batch(int lines) {
        for (int i = 0; i < lines; i++) {
            Line line = new Line(LogType.NOTICE, 0, TEN_BYTES);
            recipient.write(line, format.format(line));
        }
        recipient.flush(format);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void aFullDiskIsToldOnceForManyBatches() {
        disk.room = 0;
        batch(1);
        batch(1);
        batch(5000);
        batch(5000);
        assertEquals(List.of("Error: Unable to write log to file: No space left on device"), told);
        assertTrue(count.sum() > 6000, count::toString);
    }

    @Test
    void whatWasLostIsToldOnceAMinute() {
        disk.room = 0;
        batch(4000);
        pass(Duration.ofSeconds(59));
        batch(1);
        assertEquals(1, told.size());
        pass(Duration.ofSeconds(1));
        batch(1);
        batch(1);
        int fits = 32 * 1024 / 10;
        assertEquals(
                List.of("Error: Unable to write log to file: No space left on device; " + (4002 - fits)
                        + " lines were lost so far."),
                told.subList(1, told.size()));
        pass(Duration.ofSeconds(61));
        batch(1);
        assertEquals(3, told.size());
    }

    @Test
    void nothingMoreIsToldWhileNothingIsLost() {
        disk.room = 0;
        batch(1);
        pass(Duration.ofMinutes(2));
        batch(1);
        disk.room = Integer.MAX_VALUE;
        batch(1);
        assertEquals(
                List.of("Error: Unable to write log to file: No space left on device", "Log to file is written again."),
                told);
        assertEquals((TEN_BYTES + "\n").repeat(3), disk.text());
    }

    @Test
    void whenThereIsRoomAgainTheGapIsToldThereToo() {
        disk.room = 25;
        batch(4000);
        disk.room = Integer.MAX_VALUE;
        batch(1);
        batch(1);
        String again = told.get(1);
        assertTrue(again.matches("Log to file is written again; \\d+ lines were lost\\."), again);
        assertEquals(2, told.size());
        int lost = Integer.parseInt(again.replaceAll("\\D+", ""));
        String line = TEN_BYTES + "\n";
        assertEquals(line.repeat(4001 - lost) + again + "\n" + line, disk.text());
    }

    @Test
    void aLineThatTheBufferTakesDoesNotCountAsRecovery() {
        disk.room = 0;
        batch(1);
        batch(1);
        recipient.flush(format);
        batch(0);
        assertEquals(1, told.size());
        assertFalse(disk.text().contains("\n"));
    }

    @Test
    void whatIsLostForGoodIsToldAtTheEnd() {
        disk.room = 0;
        batch(3);
        recipient.close();
        assertEquals("Error: 3 lines were lost for file.", told.get(told.size() - 1));
    }

    @Test
    void oneThatTakesEachLineByItselfWorksAgainWithTheFirstThatItTakes() {
        boolean[] away = {true};
        Recipient direct = new Recipient(
                new Outlet() {
                    @Override
                    public String name() {
                        return "syslog";
                    }

                    @Override
                    public void write(Line line, byte[] formatted) throws IOException {
                        if (away[0]) {
                            throw new IOException("Connection refused");
                        }
                    }
                },
                new Recipient.Failures(count, told::add, this::now));
        for (int i = 0; i < 3; i++) {
            direct.write(new Line(LogType.NOTICE, 0, "x"), new byte[1]);
            direct.flush(format);
            direct.flush(format);
        }
        away[0] = false;
        direct.write(new Line(LogType.NOTICE, 0, "x"), new byte[1]);
        direct.flush(format);
        assertEquals(
                List.of(
                        "Error: Unable to write log to syslog: Connection refused",
                        "Log to syslog is written again; 3 lines were lost."),
                told);
    }

    @Test
    void aFailureWithoutAMessageIsNamed() {
        disk.room = 0;
        disk.failure = new FileNotFoundException();
        batch(1);
        assertEquals(List.of("Error: Unable to write log to file: java.io.FileNotFoundException"), told);
    }

    /** Takes what it has room for, like a file, and fails when that is nothing. */
    private static final class Disk implements WritableByteChannel {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int room = Integer.MAX_VALUE;
        private IOException failure = new IOException("No space left on device");

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (room == 0) {
                throw failure;
            }
            byte[] part = new byte[Math.min(room, source.remaining())];
            source.get(part);
            bytes.writeBytes(part);
            room -= part.length;
            return part.length;
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
