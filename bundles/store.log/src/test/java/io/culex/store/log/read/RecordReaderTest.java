// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.read;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.store.log.format.Frame;
import io.culex.store.log.format.RecordType;
import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.segment.Location;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.Segments;
import io.culex.store.log.segment.StoreFolder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReaderTest {
    /** A length with a check that fits it: the memory for it is not taken on its word. */
    @Test
    void takesARecordThatIsLongerThanItsSegmentForDamaged(@TempDir Path folder) throws Exception {
        ByteBuffer record = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(0, Frame.MAX_BODY);
        Frame.begin(record, 0, RecordType.MESSAGE, Frame.MAX_BODY);
        Segments segments = new Segments();
        Window window = new Window(0);
        try (Segment segment = new StoreFolder(folder).createSegment(new SegmentHeader(1, 1, 1, 1))) {
            segments.add(segment);
            segment.channel().write(record, SegmentHeader.SIZE);
            segments.grow(segment, SegmentHeader.SIZE + 64);
            assertThrows(DamagedRecordException.class, () -> new RecordReader(segments, window)
                    .read(Location.of(1, SegmentHeader.SIZE)));
        }
        assertTrue(window.bytes().capacity() < Frame.MAX_BODY, "no memory was taken for it");
    }
}
