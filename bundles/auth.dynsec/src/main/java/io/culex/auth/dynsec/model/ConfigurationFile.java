// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;

/**
 * The file on disk. It is replaced as a whole: whoever reads it, and whatever happens meanwhile, it is the old or the new one. All
 * methods block on the file system.
 */
public final class ConfigurationFile {
    private static final String OWNER_ONLY = "rw-------";

    private ConfigurationFile() {}

    /**
     * Reads a file.
     *
     * @param warnings takes lines for a person
     * @throws InvalidConfigurationException when its content is wrong
     * @throws IOException when it cannot be read, also when there is none
     */
    public static Configuration read(Path file, Consumer<String> warnings)
            throws IOException, InvalidConfigurationException {
        return ConfigurationFormat.read(text(Files.readAllBytes(file)), warnings);
    }

    /**
     * The text of these bytes.
     *
     * @throws InvalidConfigurationException when they are no text
     */
    public static String text(byte[] bytes) throws InvalidConfigurationException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidConfigurationException("It is not UTF-8");
        }
    }

    /**
     * Writes a file for its owner only, over one that may be there, and returns when it is on disk. A link stays, and what it leads
     * to is replaced.
     *
     * @throws IOException when that is not possible; then the old file is as it was
     */
    public static void write(Path file, Configuration configuration) throws IOException {
        write(file, ConfigurationFormat.write(configuration).getBytes(StandardCharsets.UTF_8));
    }

    /** The same with bytes. */
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, bytes, warning -> {});
    }

    /**
     * The same with bytes.
     *
     * @param warnings takes a line for a person when the file is there, but may not outlive a crash
     */
    public static void write(Path file, byte[] bytes, Consumer<String> warnings) throws IOException {
        write(file, bytes, warnings, OpenFolder::of);
    }

    /** What is done to a new file before it takes the place of the old one. */
    public interface Preparation {
        /** Prepares the new file, which has its content already. */
        void apply(Path fresh) throws IOException;
    }

    /**
     * The same with a configuration and a preparation, which may give the file to others than its owner.
     *
     * @throws IOException when that is not possible, or the preparation fails; then the old file is as it was
     */
    public static void replace(Path file, Configuration configuration, Preparation preparation) throws IOException {
        byte[] bytes = ConfigurationFormat.write(configuration).getBytes(StandardCharsets.UTF_8);
        write(file, bytes, warning -> {}, OpenFolder::of, preparation);
    }

    static void write(Path file, byte[] bytes, Consumer<String> warnings, OpenFolder.Opening opening)
            throws IOException {
        write(file, bytes, warnings, opening, fresh -> {});
    }

    private static void write(
            Path file, byte[] bytes, Consumer<String> warnings, OpenFolder.Opening opening, Preparation preparation)
            throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = target.getParent();
        Path name = target.getFileName();
        if (folder == null || name == null) {
            throw new IOException(file + " is no name of a file");
        }
        // Opened first: a folder that cannot be must refuse the change while nothing has happened.
        try (OpenFolder open = opening.open(folder)) {
            Path beside = Files.createTempFile(folder, "." + name + ".", ".new", ownerOnly(folder));
            boolean moved = false;
            try {
                fill(beside, bytes);
                preparation.apply(beside);
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                moved = true;
            } finally {
                if (!moved) {
                    Files.deleteIfExists(beside);
                }
            }
            force(open, file, warnings);
        }
    }

    private static void fill(Path beside, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /**
     * The new name must outlive a crash, too. When that cannot be had, the write has not failed: everyone who reads the file has the
     * new one, and to say that nothing was changed would be wrong.
     */
    private static void force(OpenFolder folder, Path file, Consumer<String> warnings) {
        try {
            folder.force();
        } catch (IOException e) {
            warnings.accept("Warning: " + file + " was written, but may be the old one after a crash: " + e + ".");
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
    }
}
