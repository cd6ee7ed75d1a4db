// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.segment;

import io.culex.store.log.format.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of a store. What it makes is for the broker's user only. Blocks on the file system. */
public final class StoreFolder {
    /** Where no file has a header, one of a higher number is none of the store's: a date, say. Nobody writes so much. */
    public static final int HIGHEST = 1 << 28;

    private static final Pattern SEGMENT = Pattern.compile("[0-9a-f]{8}\\.log");
    private static final Pattern PREPARED = Pattern.compile("prepared.*\\.tmp");
    private static final String DAMAGED = "damaged";
    private static final int PIECE = 1 << 20;

    /** Opens files; another one than the system's stands for a disk that fails. */
    public interface Opener {
        /** Opens the file, and makes it with these attributes when the options say so. */
        FileChannel open(Path file, Set<OpenOption> options, FileAttribute<?>... attributes) throws IOException;

        /** Makes a folder with these attributes in one that is there. */
        default void makeFolder(Path folder, FileAttribute<?>... attributes) throws IOException {
            Files.createDirectory(folder, attributes);
        }
    }

    private final Path path;
    private final Opener opener;

    /** The folder at that place; it need not be there yet. */
    public StoreFolder(Path path) {
        this(path, FileChannel::open);
    }

    /** The folder at that place, its files opened so. */
    public StoreFolder(Path path, Opener opener) {
        this.path = path;
        this.opener = opener;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * Makes it unless it is there, and tries whether it can be written to.
     *
     * @throws IOException with one line that says what is wrong
     */
    public void prepare() throws IOException {
        try {
            make();
            Path probe = path.resolve("probe");
            create(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
            Files.delete(probe);
        } catch (IOException e) {
            throw new IOException("Error: The store's folder " + path + " cannot be written to: " + reason(e), e);
        }
    }

    /** Each folder that is made is on the disk when the one that it is in is. */
    private void make() throws IOException {
        List<Path> parents = new ArrayList<>();
        for (Path made = path.toAbsolutePath(); made != null && !Files.exists(made); made = made.getParent()) {
            Path parent = made.getParent();
            if (parent != null) {
                parents.add(parent);
            }
        }
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, forOwner(path, "rwx------"));
        }
        for (Path parent : parents) {
            force(parent);
        }
    }

    /** Why something failed, for a person: some failures say no more than the file. */
    public static String reason(IOException failure) {
        String name = failure.getClass().getSimpleName().replace("Exception", "");
        String message = failure.getMessage();
        return message == null || failure instanceof FileSystemException ? name + " " + message : message;
    }

    private static FileAttribute<?>[] forOwner(Path place, String permissions) {
        boolean posix = place.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Opens a file, and makes it for the owner only when the options say so. */
    public static FileChannel create(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), forOwner(file, "rw-------"));
    }

    /** Opens a file of the store; like {@link #create}. */
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        return opener.open(file, Set.of(options), forOwner(file, "rw-------"));
    }

    /** The files of the segments by number. */
    public TreeMap<Long, Path> segments() throws IOException {
        TreeMap<Long, Path> segments = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (SEGMENT.matcher(name).matches() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    segments.put(Long.parseLong(name.substring(0, 8), 16), file);
                }
            }
        }
        return segments;
    }

    /**
     * Those of {@link #segments} that are a store's, wherever there is no other header to go by: without a header one of a high
     * number is another program's, its name a date, say.
     *
     * @throws IOException with one line, when one of them cannot be read
     */
    public TreeMap<Long, Path> ownSegments() throws IOException {
        TreeMap<Long, Path> own = segments();
        for (Map.Entry<Long, Path> file : List.copyOf(own.entrySet())) {
            if (file.getKey() > HIGHEST && !hasHeader(file.getValue())) {
                own.remove(file.getKey());
            }
        }
        return own;
    }

    private boolean hasHeader(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.SIZE).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
                continue;
            }
        } catch (IOException e) {
            throw new IOException("Error: " + file + " cannot be read: " + reason(e), e);
        }
        bytes.flip();
        return SegmentHeader.read(bytes).isPresent() || SegmentHeader.otherVersion(bytes) != 0;
    }

    /** The file of a segment. */
    public Path file(long number) {
        return path.resolve(String.format("%08x.log", number));
    }

    /** A file that is to become a segment; each has a number of its own, so that none takes the place of another. */
    public Path prepared(int number) {
        return path.resolve("prepared-" + number + ".tmp");
    }

    /** Deletes the files that were to become segments, of a store that has ended without doing so. */
    public void deletePrepared() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                if (PREPARED.matcher(file.getFileName().toString()).matches()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The file whose space is given up when the disk is full. */
    public Path reserve() {
        return path.resolve("reserve");
    }

    /** Makes a segment in a file of its own; the folder is to be forced. */
    public Segment createSegment(SegmentHeader header) throws IOException {
        Path file = file(header.number());
        FileChannel channel =
                open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            writeFully(channel, header.write(), 0);
            return new Segment(header, file, channel, SegmentHeader.SIZE);
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /**
     * Makes a segment of a file full of zeros that was prepared; the folder is to be forced. Its header is on the disk before it
     * has the name of a segment: one full of zeros would be taken for damaged.
     */
    public Segment adoptPrepared(SegmentHeader header, PreparedFile prepared) throws IOException {
        writeFully(prepared.channel(), header.write(), 0);
        prepared.channel().force(false);
        Path file = file(header.number());
        Files.move(prepared.path(), file);
        return new Segment(header, file, prepared.channel(), SegmentHeader.SIZE);
    }

    /** Writes all of the buffer. */
    public static void writeFully(FileChannel channel, ByteBuffer bytes, long place) throws IOException {
        long at = place;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Keeps a copy of a file, as it is now, in the folder for damaged files; it is on the disk then. */
    public Path setAside(Path file) throws IOException {
        Path copy = asideFor(file);
        try (FileChannel from = open(file, StandardOpenOption.READ);
                FileChannel to = open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy(from, to);
        } catch (IOException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
        force(damaged());
        force();
        return copy;
    }

    private static void copy(FileChannel from, FileChannel to) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        for (long at = 0; from.read(piece.clear(), at) >= 0; at += piece.limit()) {
            writeFully(to, piece.flip(), at);
        }
        to.force(true);
    }

    private Path damaged() {
        return path.resolve(DAMAGED);
    }

    private Path asideFor(Path file) throws IOException {
        Path folder = damaged();
        if (!Files.isDirectory(folder)) {
            opener.makeFolder(folder, forOwner(folder, "rwx------"));
        }
        long stamp = System.currentTimeMillis();
        while (Files.exists(folder.resolve(file.getFileName() + "." + stamp))) {
            stamp++; // one file may have two faults
        }
        return folder.resolve(file.getFileName() + "." + stamp);
    }

    /** Moves a file that cannot be read everywhere, and so not be copied, to the folder for damaged files. */
    public void moveAside(Path file) throws IOException {
        Files.move(file, asideFor(file));
        force(damaged());
        force();
    }

    /** The copies of damaged files. */
    public List<Path> setAside() throws IOException {
        Path folder = damaged();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Brings to the disk which files there are. */
    public void force() throws IOException {
        force(path);
    }

    private void force(Path of) throws IOException {
        try (FileChannel channel = open(of, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
