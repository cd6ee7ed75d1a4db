// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.recover;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.store.log.format.SegmentHeader;
import io.culex.store.log.segment.StoreFolder;
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
import org.jspecify.annotations.Nullable;

/**
 * The headers of all segments. One that is damaged, or that the disk does not give, is made up from those of the others: the store
 * is the same, the number is the name of the file.
 */
final class Headers {
    /** A file without a header that is farther from the others is none of the store's, whatever its name. */
    private static final int FARTHEST = 1 << 10;

    /** The first block of a file; {@code failure} when the disk does not give it. */
    private record Block(Path file, ByteBuffer bytes, @Nullable IOException failure) {
        Optional<SegmentHeader> header(long number) {
            return SegmentHeader.read(bytes).filter(found -> found.number() == number);
        }

        /** Nothing was written to it yet. */
        boolean isNew() throws IOException {
            return failure == null
                    && Files.size(file) <= SegmentHeader.SIZE
                    && bytes.equals(ByteBuffer.allocate(bytes.limit()));
        }
    }

    private final StoreFolder folder;
    private final BrokerLog log;
    private final Repair repair;
    private final Map<Long, SegmentHeader> found = new LinkedHashMap<>();
    private final Set<Long> toWrite = new HashSet<>();
    private final Set<Long> toKeep = new HashSet<>();
    private long node;
    private long epoch;
    private long first;
    private int damaged;

    Headers(StoreFolder folder, BrokerLog log, Repair repair) {
        this.folder = folder;
        this.log = log;
        this.repair = repair;
    }

    /**
     * Reads them, and takes those files out that are none of the store's.
     *
     * @throws IOException when the disk gives none, or one is of another format or store
     */
    void read(Map<Long, Path> files) throws IOException {
        Map<Long, Block> blocks = new LinkedHashMap<>();
        for (Map.Entry<Long, Path> file : files.entrySet()) {
            Block block = block(file.getValue());
            blocks.put(file.getKey(), block);
            @Nullable SegmentHeader header = block.header(file.getKey()).orElse(null);
            if (header != null) {
                take(file.getKey(), header);
            }
        }
        leaveOthersAlone(files, blocks);
        for (Map.Entry<Long, Block> block : blocks.entrySet()) {
            check(block.getKey(), block.getValue());
        }
        if (node == 0) {
            node = new SecureRandom().nextLong() | 1;
        }
    }

    /** With those of another store nobody knows which is meant; one's would be deleted as given up, or mixed with the other's. */
    private void take(long number, SegmentHeader header) throws IOException {
        if (node != 0 && header.node() != node) {
            throw new IOException(folder.file(number) + " is of another store than "
                    + folder.file(found.keySet().iterator().next()) + "; only one can be in a folder.");
        }
        found.put(number, header);
        node = header.node();
        epoch = Math.max(epoch, header.epoch());
        first = Math.max(first, header.first());
    }

    private Block block(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = folder.open(file, StandardOpenOption.READ)) {
            try {
                while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
                    continue;
                }
            } catch (IOException e) {
                return new Block(file, bytes.flip(), e);
            }
        }
        bytes.flip();
        int format = SegmentHeader.otherVersion(bytes);
        if (format != 0) {
            throw new IOException(
                    file + " has format " + format + "; this program knows " + SegmentHeader.VERSION + ".");
        }
        return new Block(file, bytes, null);
    }

    private void leaveOthersAlone(Map<Long, Path> files, Map<Long, Block> blocks) {
        long lowest = found.keySet().stream().mapToLong(Long::longValue).min().orElse(0);
        long highest = found.keySet().stream().mapToLong(Long::longValue).max().orElse(StoreFolder.HIGHEST);
        for (Map.Entry<Long, Path> file : Map.copyOf(files).entrySet()) {
            long number = file.getKey();
            if (!found.containsKey(number) && (number < lowest - FARTHEST || number > highest + FARTHEST)) {
                log.log(
                        LogType.WARNING,
                        "Warning: " + file.getValue() + " is none of the store's files; it is left alone.");
                files.remove(number);
                blocks.remove(number);
            }
        }
    }

    private void check(long number, Block block) throws IOException {
        IOException failure = block.failure();
        if (SegmentHeader.isWhole(block.bytes())) {
            return;
        }
        String line = "Error: The header of the store's file " + block.file();
        if (failure != null) {
            // Its salt would be a guess, and nothing in it would hold.
            if (found.isEmpty()) {
                throw new IOException(
                        "the header of " + block.file() + " cannot be read (" + failure.getMessage()
                                + "), and there is no other.",
                        failure);
            }
            toKeep.add(number);
            log.log(LogType.ERROR, line + " cannot be read: " + failure.getMessage() + "; those of the others serve.");
        } else if (block.isNew()) {
            toWrite.add(number);
        } else {
            damaged++;
            log.log(
                    LogType.ERROR,
                    line + " is damaged" + (found.containsKey(number) ? "; its second copy serves." : "."));
            setAside(number, block);
        }
    }

    private void setAside(long number, Block block) {
        if (repair.setAside(block.file())) {
            toWrite.add(number);
        } else {
            toKeep.add(number);
        }
    }

    /** What the header of a segment says, or would. */
    SegmentHeader get(long number) {
        SegmentHeader header = found.get(number);
        return header != null ? header : new SegmentHeader(number, node, 0, 0);
    }

    /** Whether its header is to be written anew, so that it is reported once. */
    boolean isToWrite(long number) {
        return toWrite.contains(number);
    }

    /** Whether its file is the only evidence: another time, or to another program, the disk may give what it does not. */
    boolean isToKeep(long number) {
        return toKeep.contains(number);
    }

    /** Which store it is. */
    long node() {
        return node;
    }

    /** The highest epoch. */
    long epoch() {
        return epoch;
    }

    /** The oldest segment that was not given up; 0: no header says. */
    long first() {
        return first;
    }

    /** How many were damaged. */
    int damaged() {
        return damaged;
    }
}
