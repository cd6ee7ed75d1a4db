// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.ConfigurationFile;
import io.culex.auth.dynsec.model.ConfigurationFormat;
import io.culex.auth.dynsec.model.InvalidConfigurationException;
import io.culex.security.file.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The file as it was read or written last: it is replaced only while it still is that. What someone else has put there since is
 * never lost. Belongs to one thread at a time; blocks on the file system.
 */
final class Disk {
    private final Path file;
    private byte[] known = new byte[0];
    private Stamp seen = Stamp.NONE;

    /** It is different from what was read or written last; the message is for the one who wants to change it. */
    static final class ChangedException extends IOException {
        private static final long serialVersionUID = 1L;

        ChangedException(Path file) {
            super(file + " was changed by someone else; it has to be taken (dynsec reload) before anything is changed");
        }
    }

    Disk(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /**
     * Reads the file.
     *
     * @throws NoSuchFileException when there is none
     */
    Configuration read(Consumer<String> warnings) throws IOException, InvalidConfigurationException {
        Stamp now = Stamp.of(file);
        byte[] bytes = Files.readAllBytes(file);
        Configuration read = ConfigurationFormat.read(ConfigurationFile.text(bytes), warnings);
        seen = now;
        known = bytes;
        return read;
    }

    /**
     * Replaces the file; {@code kept} is run first, while the old one is still there.
     *
     * @throws IOException when it could not be replaced; what is wrong with one that was goes to the warnings
     */
    void write(Configuration configuration, Runnable kept, Consumer<String> warnings) throws IOException {
        if (Files.exists(file) && isChanged()) {
            throw new ChangedException(file);
        }
        kept.run();
        byte[] bytes = ConfigurationFormat.write(configuration).getBytes(StandardCharsets.UTF_8);
        ConfigurationFile.write(file, bytes, warnings);
        known = bytes;
        seen = Stamp.of(file);
    }

    /** Whether it is not what was read or written last. */
    boolean isChanged() throws IOException {
        Stamp now = Stamp.of(file);
        if (now.equals(Stamp.NONE)) {
            return true;
        }
        // Who may read it does not matter here: a file that was taken from us can still be replaced.
        if (now.isContentOf(seen)) {
            return false;
        }
        boolean same = Arrays.equals(known, Files.readAllBytes(file));
        if (same) {
            seen = now;
        }
        return !same;
    }

    /** What tells its state now from others, who may read it included; equal while nobody touches it. */
    Stamp stamp() {
        return Stamp.of(file);
    }
}
