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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private final Map<Long, Optional<SegmentHeader>> headers = new LinkedHashMap<>();
    /** Segments whose header is to be written anew, so that it is reported once. */
    private final Set<Long> headless = new HashSet<>();

    private long node;
    private long epoch;
    private long last;
    private int corruptions;

    /** For an empty list of segments and empty contents. */
    public Opening(StoreFolder folder, Segments segments, Contents contents, BrokerLog log) {
        this.folder = folder;
        this.segments = segments;
        this.contents = contents;
        this.log = log;
        this.repair = new Repair(folder, log);
    }

    /**
     * Reads all.
     *
     * @return the header for the next segment
     */
    public SegmentHeader read() throws IOException {
        Map<Long, Path> files = folder.segments();
        long first = readHeaders(files);
        dropGivenUp(files, first);
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
        reportMissingOldest(first);
        contents.endReading();
        epoch = Math.max(epoch, Ids.epochOf(contents.highestId())) + 1;
        Segment oldest = segments.oldest();
        return new SegmentHeader(last + 1, node, epoch, oldest == null ? last + 1 : oldest.number());
    }

    /** Empty files stand for the missing ones, so that they are reported once. */
    private void fillGap(long from, long to) throws IOException {
        for (long number = from; number < to && to - from <= LARGEST_GAP; number++) {
            segments.add(repair.stopgap(new SegmentHeader(number, node, 0, 0)));
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

    private long readHeaders(Map<Long, Path> files) throws IOException {
        long first = 0;
        for (Map.Entry<Long, Path> file : files.entrySet()) {
            Optional<SegmentHeader> header = readHeader(file.getKey(), file.getValue());
            headers.put(file.getKey(), header);
            if (header.isPresent()) {
                node = header.get().node();
                epoch = Math.max(epoch, header.get().epoch());
                first = Math.max(first, header.get().first());
            }
            last = Math.max(last, file.getKey());
        }
        if (node == 0) {
            node = new SecureRandom().nextLong() | 1;
        }
        return first;
    }

    private Optional<SegmentHeader> readHeader(long number, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
                continue;
            }
        }
        bytes.flip();
        Optional<SegmentHeader> header = SegmentHeader.read(bytes).filter(found -> found.number() == number);
        if (!SegmentHeader.isWhole(bytes)) {
            boolean isNew = header.isEmpty() && Files.size(file) <= SegmentHeader.SIZE;
            if (!isNew) {
                corrupt("Error: The header of the store's file " + file + " is damaged"
                        + (header.isPresent() ? "; its second copy serves." : "."));
            }
            if (isNew || repair.setAside(file)) {
                headless.add(number);
            }
        }
        return header;
    }

    /** Files that were on their way out when the power went. */
    private void dropGivenUp(Map<Long, Path> files, long first) throws IOException {
        for (Path file : files.entrySet().stream()
                .filter(entry -> entry.getKey() < first)
                .map(Map.Entry::getValue)
                .toList()) {
            Files.delete(file);
        }
        files.keySet().removeIf(number -> number < first);
    }

    private void readSegment(long number, Path file, boolean isLast) throws IOException {
        SegmentHeader header =
                headers.getOrDefault(number, Optional.empty()).orElse(new SegmentHeader(number, node, 0, 0));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Segment segment = new Segment(header, file, channel, SegmentHeader.SIZE);
        segments.add(segment);
        if (headless.contains(number)) {
            StoreFolder.writeFully(channel, header.write(), 0);
        }
        scan.read(
                segment,
                channel.size(),
                (bytes, at, length, place) -> contents.apply(bytes, at, length, Location.of(segment.number(), place)));
        segments.grow(segment, scan.end());
        report(segment, isLast);
        if (scan.failure() == null) {
            repair.mend(segment, scan, isLast);
        } // else it stays as it is: another time, or for another program, the disk may give it
        segments.grow(segment, (int) channel.size());
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
