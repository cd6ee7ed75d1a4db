// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.append;

import io.culex.store.log.format.Frame;
import io.culex.store.log.format.RecordType;
import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.segment.PreparedFile;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.Segments;
import io.culex.store.log.segment.StoreFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;

/**
 * Writes to the end of the log. A full disk makes it wait; anything else that fails is thrown, and the store is at an end: what
 * a failed fsync has lost cannot be known. For the commit thread.
 */
public final class Appender {
    private static final long PAUSE_NANOS = 20_000_000L;
    private static final long OPEN_NANOS = 1_000_000_000L;
    private static final int PIECE = 1 << 20;
    private static final int SEALED_BODY = 4;

    private final StoreFolder folder;
    private final Segments segments;
    private final Housekeeper housekeeper;
    private final Room room;
    private final Level level;
    private final int segmentBytes;
    private final LongSupplier epoch;
    private final CRC32C crc = new CRC32C();
    private Segment active;
    private boolean prepared;
    private BooleanSupplier late = () -> false;

    /** Makes the first segment, after those that are there. */
    public Appender(Disk disk, SegmentHeader header, LongSupplier epoch) throws IOException {
        this.folder = disk.folder();
        this.segments = disk.segments();
        this.housekeeper = disk.housekeeper();
        this.room = disk.room();
        this.level = disk.settings().level();
        this.segmentBytes = disk.settings().segmentBytes();
        this.epoch = epoch;
        long begin = System.nanoTime();
        this.active = create(() -> folder.createSegment(header), () -> System.nanoTime() - begin > OPEN_NANOS);
        folder.force();
        segments.add(active);
        if (level == Level.FSYNC) {
            housekeeper.prepare();
        }
    }

    /** Whether not to wait for room any longer; asked while it waits. */
    public void giveUpWhen(BooleanSupplier isLate) {
        late = isLate;
    }

    /** The segment that is written to. */
    public Segment active() {
        return active;
    }

    /** Whether so many bytes more belong into the active segment after others; an empty one takes anything first. */
    public boolean fits(int others, int bytes) {
        return active.size() + (long) others + bytes <= segmentBytes
                || others == 0 && active.size() == SegmentHeader.SIZE;
    }

    /**
     * Writes all of the buffers, waiting for room as long as it takes.
     *
     * @throws IOException when it cannot, and never will
     */
    public void append(ByteBuffer[] buffers, int count, int bytes) throws IOException {
        FileChannel channel = active.channel();
        channel.position(active.size());
        long left = bytes;
        while (left > 0) {
            try {
                left -= write(channel, buffers, count);
            } catch (IOException e) {
                waitForRoom(e, late);
            }
        }
        segments.grow(active, active.size() + bytes);
        if (level == Level.FSYNC) {
            active.force();
        }
    }

    /** The JDK copies what is in the heap before it writes it, all at once: in pieces here. */
    private static long write(FileChannel channel, ByteBuffer[] buffers, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            ByteBuffer next = buffers[i];
            if (next.hasRemaining() && !next.isDirect()) {
                int limit = next.limit();
                next.limit(Math.min(limit, next.position() + PIECE));
                try {
                    return channel.write(next);
                } finally {
                    next.limit(limit);
                }
            }
            if (next.hasRemaining()) {
                int end = i + 1;
                while (end < count && buffers[end].isDirect()) {
                    end++;
                }
                return channel.write(buffers, i, end - i);
            }
        }
        return 0;
    }

    private void waitForRoom(IOException failure, BooleanSupplier giveUp) throws IOException {
        if (!room.isFull(failure) || giveUp.getAsBoolean()) {
            throw failure;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** Whether a segment that needs no new blocks waits to be used. */
    public boolean canHaveBetter() {
        return level == Level.FSYNC && !prepared && housekeeper.hasPrepared();
    }

    /** Ends the active segment and begins the next. */
    public void roll() throws IOException {
        seal();
        long oldest = housekeeper.oldest(segments.all().get(0).number());
        SegmentHeader header =
                new SegmentHeader(active.number() + 1, active.header().node(), epoch.getAsLong(), oldest);
        PreparedFile file = housekeeper.takePrepared();
        prepared = file != null;
        active = create(() -> file != null ? folder.adoptPrepared(header, file) : folder.createSegment(header), late);
        segments.add(active);
        if (level == Level.FSYNC) {
            folder.force();
            housekeeper.prepare();
        } else {
            housekeeper.forceFolder();
        }
    }

    private interface Made {
        Segment segment() throws IOException;
    }

    private Segment create(Made made, BooleanSupplier giveUp) throws IOException {
        while (true) {
            try {
                return made.segment();
            } catch (IOException e) {
                waitForRoom(e, giveUp);
            }
        }
    }

    /** Writes the last record of the active segment, and cuts off what was filled with zeros. */
    public void seal() throws IOException {
        ByteBuffer record = sealed(active.salt(), crc);
        append(new ByteBuffer[] {record}, 1, record.remaining());
        if (prepared) {
            active.channel().truncate(active.size());
            active.channel().force(true);
        }
    }

    /** The last record of a segment. */
    public static ByteBuffer sealed(int salt, CRC32C crc) {
        ByteBuffer record = ByteBuffer.allocate(Frame.size(SEALED_BODY)).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(0, SEALED_BODY);
        Frame.begin(record, 0, RecordType.SEALED, SEALED_BODY);
        Frame.seal(record, 0, SEALED_BODY, salt, crc);
        return record;
    }
}
