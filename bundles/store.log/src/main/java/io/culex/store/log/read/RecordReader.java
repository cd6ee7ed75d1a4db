// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.read;

import io.culex.store.log.format.Frame;
import io.culex.store.log.segment.Location;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.Segments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Reads records by their location and checks them. For one thread. */
public final class RecordReader {
    private final Segments segments;
    private final Window window;
    private final CRC32C crc = new CRC32C();
    private int at;

    /** With that window. */
    public RecordReader(Segments segments, Window window) {
        this.segments = segments;
        this.window = window;
    }

    /**
     * Reads the record there, up to the next read.
     *
     * @return the place of its body in {@link #bytes}
     * @throws DamagedRecordException when it is not as it was written
     */
    public int read(long location) throws IOException {
        Segment segment = segments.get(Location.segment(location));
        int place = Location.place(location);
        if (segment == null) {
            throw new IOException("segment " + Location.segment(location) + " of the store is missing.");
        }
        at = window.move(segment, place, Frame.HEADER);
        if (at < 0 || !Frame.begins(window.bytes(), at)) {
            throw new DamagedRecordException(segment, place);
        }
        int length = Frame.length(window.bytes(), at);
        if (length > segment.size() - place) {
            throw new DamagedRecordException(segment, place);
        }
        at = window.move(segment, place, Frame.HEADER + length);
        if (at < 0 || !Frame.holds(window.bytes(), at, length, segment.salt(), crc)) {
            throw new DamagedRecordException(segment, place);
        }
        return at + Frame.HEADER;
    }

    /** What the last read has brought. */
    public ByteBuffer bytes() {
        return window.bytes();
    }
}
