// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.recover;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.index.Contents;
import io.culex.store.log.segment.Location;
import io.culex.store.log.segment.Segment;
import io.culex.store.log.segment.Segments;
import io.culex.store.log.segment.StoreFolder;
import io.culex.store.log.write.Ids;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the segments in the order of the log and tells the contents each record. What is damaged is reported and set aside,
 * never passed over in silence, and never a reason not to start.
 */
public final class Opening {
    /** A longer row of missing files is not filled, and reported again at the next start. */
    private static final int LARGEST_GAP = 1 << 10;

    private final StoreFolder folder;
    private final Segments segments;
    private final Contents contents;
    private final BrokerLog log;
    private final Repair repair;
    private final SegmentScan scan = new SegmentScan();
    private final Headers headers;
    private int corruptions;

    /** For an empty list of segments and empty contents. */
    public Opening(StoreFolder folder, Segments segments, Contents contents, BrokerLog log) {
        this.folder = folder;
        this.segments = segments;
        this.contents = contents;
        this.log = log;
        this.repair = new Repair(folder, log);
        this.headers = new Headers(folder, log, repair);
    }

    /**
     * Reads all.
     *
     * @return the header for the next segment
     */
    public SegmentHeader read() throws IOException {
        TreeMap<Long, Path> files = folder.segments();
        headers.read(files);
        corruptions += headers.damaged();
        dropGivenUp(files, headers.first());
        long last = files.isEmpty() ? 0 : files.lastKey();
        long expected = 0;
        for (Map.Entry<Long, Path> file : files.entrySet()) {
            long number = file.getKey();
            if (expected > 0 && number > expected) {
                corrupt("Error: The store's files from " + folder.file(expected) + " to " + folder.file(number - 1)
                        + " are missing: what they held is lost.");
                fillGap(expected, number);
            }
            readSegment(number, file.getValue(), number == last);
            expected = number + 1;
        }
        if (headers.first() > 0) {
            reportMissingOldest(headers.first());
        }
        contents.endReading();
        long epoch = Math.max(headers.epoch(), Ids.epochOf(contents.highestId())) + 1;
        Segment oldest = segments.oldest();
        return new SegmentHeader(last + 1, headers.node(), epoch, oldest == null ? last + 1 : oldest.number());
    }

    /** Empty files stand for the missing ones, so that they are reported once. */
    private void fillGap(long from, long to) throws IOException {
        for (long number = from; number < to && to - from <= LARGEST_GAP; number++) {
            segments.add(repair.stopgap(new SegmentHeader(number, headers.node(), 0, 0)));
        }
    }

    private void reportMissingOldest(long first) {
        Segment oldest = segments.oldest();
        long from = Math.max(Math.max(first, contents.givenUp() + 1), 1);
        if (oldest != null && oldest.number() > from) {
            corrupt("Error: The store's files from " + folder.file(from) + " to " + folder.file(oldest.number() - 1)
                    + " are missing: what they held is lost.");
        }
    }

    /** How many places were damaged or missing. */
    public int corruptions() {
        return corruptions;
    }

    private void corrupt(String line) {
        corruptions++;
        log.log(LogType.ERROR, line);
    }

    /** Files that were on their way out when the power went. */
    private void dropGivenUp(TreeMap<Long, Path> files, long first) throws IOException {
        Map<Long, Path> givenUp = files.headMap(first);
        for (Path file : givenUp.values()) {
            Files.delete(file);
            log.log(LogType.NOTICE, "The store's file " + file + " was given up before; it was deleted.");
        }
        givenUp.clear();
    }

    private void readSegment(long number, Path file, boolean isLast) throws IOException {
        FileChannel channel = folder.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Segment segment = new Segment(headers.get(number), file, channel, SegmentHeader.SIZE);
        segments.add(segment);
        if (headers.isToWrite(number)) {
            StoreFolder.writeFully(channel, segment.header().write(), 0);
        }
        if (headers.isToKeep(number)) {
            segment.keepFile();
        }
        scan(segment);
        segments.grow(segment, scan.end());
        report(segment, isLast);
        if (scan.failure() == null) {
            repair.mend(segment, scan, isLast);
        } // else it stays as it is: another time, or for another program, the disk may give it
        segments.grow(segment, (int) channel.size());
    }

    private void scan(Segment segment) throws IOException {
        try {
            scan.read(
                    segment,
                    segment.channel().size(),
                    (bytes, at, length, place) ->
                            contents.apply(bytes, at, length, Location.of(segment.number(), place)));
        } catch (IOException e) {
            throw new IOException(segment.path() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void report(Segment segment, boolean isLast) {
        IOException failure = scan.failure();
        if (failure != null) {
            segment.keepFile();
            log.log(
                    LogType.ERROR,
                    "Error: The store's file " + segment.path() + " cannot be read everywhere: "
                            + failure.getMessage());
        }
        for (Damage damage : scan.damages()) {
            corrupt("Error: The store's file " + segment.path() + " is damaged: " + damage.length() + " bytes at "
                    + damage.from() + " are lost.");
        }
        if (isLast && scan.hasTail()) {
            log.log(
                    LogType.NOTICE,
                    "The store's file " + segment.path() + " ends within a record; it was cut off at " + scan.end()
                            + ".");
        } else if (!isLast && !scan.isSealed()) {
            corrupt("Error: The store's file " + segment.path() + " ends too early, at " + scan.end()
                    + ": what followed is lost.");
        }
    }
}
