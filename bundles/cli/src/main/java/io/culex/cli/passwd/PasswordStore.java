// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

import io.culex.cli.owner.NewOwner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The file on disk. Runs that change it wait for each other; it is replaced in one step, with its owner, group and permissions,
 * so that nobody ever reads half of it. Where it cannot be replaced (another owner, a file that is mounted by itself) it is
 * written in place.
 */
final class PasswordStore {
    private final Path path;
    private final boolean create;
    private final NewOwner owner;
    private final Consumer<String> warnings;

    /** A change of the content. */
    interface Change {
        byte[] apply(byte[] before) throws FailedException;
    }

    /**
     * The file of that name.
     *
     * @param create whether it begins anew: it need not be there, and what it holds is dropped
     * @param warnings take a line for a person
     */
    PasswordStore(String file, boolean create, Consumer<String> warnings) {
        this.path = Path.of(file);
        this.create = create;
        this.warnings = warnings;
        this.owner = NewOwner.in(System.getenv());
    }

    /** Refuses at once what will be refused in the end, before a person types a password. */
    void checkThere() throws FailedException {
        if (!create && !Files.exists(path)) {
            throw failed("No such file or directory");
        }
        if (Files.isDirectory(path)) {
            throw failed("Is a directory");
        }
    }

    /** Changes the file under its lock; blocks while another run holds it. */
    void change(Change change) throws FailedException {
        checkThere();
        try {
            boolean changed = false;
            while (!changed) {
                changed = tryChange(Files.exists(path) ? path.toRealPath() : path, change);
            }
        } catch (IOException e) {
            throw failed(reason(e));
        }
    }

    /**
     * Returns false when another run has put another file there meanwhile: the lock is then on one that nobody reads any more.
     * What was opened is known to be what is there only when that has not changed around the opening.
     */
    private boolean tryChange(Path file, Change change) throws FailedException, IOException {
        Identity before = Identity.of(file);
        try (FileChannel channel = FileChannel.open(file, openOptions(), ownerOnly(file))) {
            if (before.key() == null) {
                owner.take(file, warnings);
            }
            if (!before.equals(Identity.of(file))) {
                return false;
            }
            try (FileLock lock = channel.lock()) {
                if (!lock.isValid() || !before.equals(Identity.of(file))) {
                    return false;
                }
                write(file, channel, change.apply(create ? new byte[0] : content(channel)));
                return true;
            }
        }
    }

    /** Which file is there, and since when: the number of one that is gone may be given to another. */
    private record Identity(@Nullable Object key, @Nullable FileTime modified) {
        static Identity of(Path file) throws IOException {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new Identity(found.fileKey(), found.lastModifiedTime());
            } catch (NoSuchFileException e) {
                return new Identity(null, null);
            }
        }
    }

    private Set<StandardOpenOption> openOptions() {
        return create
                ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)
                : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void write(Path file, FileChannel opened, byte[] content) throws IOException {
        Path beside = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            try (FileChannel fresh = FileChannel.open(
                    beside, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), ownerOnly(beside))) {
                fill(fresh, content);
            }
            copyOwnership(file, beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            Files.deleteIfExists(beside);
            fill(opened, content);
            opened.truncate(content.length);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    /** Read through the channel: the lock would end with the closing of another one. */
    private static byte[] content(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until it is full, or the file has ended
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static void fill(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        channel.position(0);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
    }

    private static void copyOwnership(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributes now = view.readAttributes();
        if (!wanted.group().equals(now.group())) {
            view.setGroup(wanted.group());
        }
        if (!wanted.owner().equals(now.owner())) {
            view.setOwner(wanted.owner());
        }
        view.setPermissions(wanted.permissions());
    }

    private FailedException failed(String reason) {
        return new FailedException(
                create
                        ? "Error: Unable to open file " + path + " for writing. " + reason + "."
                        : "Error: Unable to open password file " + path + ". " + reason + ".");
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "Permission denied";
        }
        String text = e instanceof FileSystemException of ? of.getReason() : e.getMessage();
        return text == null ? e.toString() : text;
    }
}
