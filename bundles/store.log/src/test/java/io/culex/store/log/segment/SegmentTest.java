// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.store.log.format.SegmentHeader;
import io.culex.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTest {
    private final FaultyChannel disk;
    private final Segment segment;
    private final AtomicInteger forced = new AtomicInteger();

    SegmentTest(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("00000001.log"));
        disk = new FaultyChannel(file);
        disk.onForce(forced::incrementAndGet);
        segment = new Segment(new SegmentHeader(1, 1, 1, 1), file, disk, SegmentHeader.SIZE);
    }

    @AfterEach
    void close() throws Exception {
        segment.close();
    }

    private Thread forcing() {
        Thread thread = new Thread(() -> {
            try {
                segment.force();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void isForcedOnceForWhatWasWritten() throws Exception {
        segment.force();
        segment.force();
        assertEquals(1, forced.get());
        segment.grow(5000);
        segment.force();
        segment.force();
        assertEquals(2, forced.get());
    }

    /** Whoever returns from it acknowledges. */
    @Test
    void doesNotSayThatItIsForcedWhileAnotherThreadIsStillAboutIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        disk.onForce(() -> {
            begun.countDown();
            await(go);
        });
        Thread first = forcing();
        begun.await();
        Thread second = forcing();
        Await.until(
                "the second to wait or to end",
                () -> second.getState() == Thread.State.BLOCKED || second.getState() == Thread.State.TERMINATED);
        assertNotEquals(Thread.State.TERMINATED, second.getState());
        go.countDown();
        first.join();
        second.join();
    }

    @Test
    void isForcedAgainForWhatWasWrittenMeanwhile() throws Exception {
        disk.onForce(() -> {
            if (forced.incrementAndGet() == 1) {
                segment.grow(5000);
            }
        });
        segment.force();
        segment.force();
        assertEquals(2, forced.get());
    }

    @Test
    void isNeverTakenForForcedAfterAFailure() {
        disk.onForce(() -> {
            if (forced.incrementAndGet() == 1) {
                throw new IOException("Input/output error");
            }
        });
        assertThrows(IOException.class, segment::force);
        assertThrows(IOException.class, segment::force);
        segment.grow(5000);
        IOException failure = assertThrows(IOException.class, segment::force);
        assertEquals(
                segment.path() + " could not be brought to the disk before: Input/output error", failure.getMessage());
        assertEquals(1, forced.get(), "what a failed attempt has lost cannot be known");
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
