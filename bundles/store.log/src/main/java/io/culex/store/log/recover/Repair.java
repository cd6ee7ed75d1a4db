// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.recover;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.store.log.append.Appender;
import io.culex.store.log.format.Frame;
import io.culex.store.log.format.RecordType;
import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.StoreFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Makes a segment whole again after a copy of it was set aside: nothing stands where damage was, and its end says that it is
 * the end. So damage is reported once, and later damage is not taken for it.
 */
final class Repair {
    /** No record is larger that says nothing: it is made in memory, and damage may be as large as its segment. */
    private static final int PIECE = 1 << 20;

    private static final int SMALLEST = Frame.size(1);

    private final StoreFolder folder;
    private final BrokerLog log;
    private final CRC32C crc = new CRC32C();

    Repair(StoreFolder folder, BrokerLog log) {
        this.folder = folder;
        this.log = log;
    }

    /** Keeps a copy of a damaged file. Returns whether it is kept. */
    boolean setAside(Path file) {
        try {
            Path copy = folder.setAside(file);
            log.log(LogType.WARNING, "Warning: A copy of " + file + " was set aside as " + copy + ".");
            return true;
        } catch (IOException e) {
            log.log(LogType.ERROR, "Error: A copy of the damaged " + file + " cannot be set aside: " + e);
            return false;
        }
    }

    /** A segment that says nothing, in the place of a missing one. */
    Segment stopgap(SegmentHeader header) throws IOException {
        Segment segment = folder.createSegment(header);
        ByteBuffer end = Appender.sealed(segment.salt(), crc);
        int size = SegmentHeader.SIZE + end.remaining();
        StoreFolder.writeFully(segment.channel(), end, SegmentHeader.SIZE);
        segment.channel().force(true);
        segment.grow(size);
        return segment;
    }

    void mend(Segment segment, SegmentScan scan, boolean isLast) throws IOException {
        boolean isDamaged = !scan.damages().isEmpty() || !isLast && !scan.isSealed();
        if (isDamaged && !setAside(segment.path())) {
            segment.keepFile(); // it stays as it is: the only evidence
            return;
        }
        for (Damage damage : scan.damages()) {
            fill(segment, damage);
        }
        segment.channel().truncate(scan.end());
        if (!scan.isSealed()) {
            StoreFolder.writeFully(segment.channel(), Appender.sealed(segment.salt(), crc), scan.end());
        }
        if (isDamaged || !scan.isSealed()) {
            segment.channel().force(true);
        }
    }

    private void fill(Segment segment, Damage damage) throws IOException {
        for (int at = damage.from(); at < damage.to(); ) {
            int left = damage.to() - at;
            int size = left > PIECE + SMALLEST ? PIECE : left;
            StoreFolder.writeFully(segment.channel(), nothing(segment.salt(), size), at);
            at += size;
        }
    }

    /** A record that says nothing, of that size. */
    private ByteBuffer nothing(int salt, int size) {
        int length = Math.max(1, size - Frame.HEADER);
        ByteBuffer record = ByteBuffer.allocate(Frame.size(length)).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(0, length);
        Frame.begin(record, 0, RecordType.VOID, length);
        Frame.seal(record, 0, length, salt, crc);
        return record;
    }
}
