// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.write;

import io.culex.store.log.index.Contents;
import io.culex.store.log.segment.Segments;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** What the commit thread has done and what there is, for whoever wants to see it. Written by that thread. */
public final class Statistics {
    /** What there is, in numbers. */
    public enum Gauge {
        /** Segments. */
        SEGMENTS,
        /** Bytes in use. */
        BYTES,
        /** Bytes still needed. */
        LIVE_BYTES,
        /** Sessions. */
        SESSIONS,
        /** Messages that someone waits for. */
        MESSAGES,
        /** How many wait for them. */
        REFERENCES,
        /** Retained messages. */
        RETAINED
    }

    private static final Gauge[] GAUGES = Gauge.values();

    private final AtomicLongArray gauges = new AtomicLongArray(GAUGES.length);
    private final LongAdder commits = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** One commit is done. */
    void committed(int recordCount, int byteCount, long tookNanos) {
        commits.increment();
        records.add(recordCount);
        bytes.add(byteCount);
        nanos.add(tookNanos);
    }

    /** Shows what there is now. */
    void publish(Segments segments, Contents contents) {
        set(Gauge.SEGMENTS, segments.count());
        set(Gauge.BYTES, segments.totalBytes());
        set(Gauge.LIVE_BYTES, segments.liveBytes());
        set(Gauge.SESSIONS, contents.sessions().count());
        set(Gauge.MESSAGES, contents.messages().count());
        set(Gauge.REFERENCES, contents.messages().references());
        set(Gauge.RETAINED, contents.retained().count());
    }

    private void set(Gauge gauge, long value) {
        gauges.setOpaque(gauge.ordinal(), value);
    }

    /** One number of what there is. */
    public long get(Gauge gauge) {
        return gauges.getOpaque(gauge.ordinal());
    }

    /** How often something was written. */
    public long commits() {
        return commits.sum();
    }

    /** Records written. */
    public long records() {
        return records.sum();
    }

    /** Bytes written. */
    public long bytes() {
        return bytes.sum();
    }

    /** Time it took, nanoseconds. */
    public long nanos() {
        return nanos.sum();
    }
}
