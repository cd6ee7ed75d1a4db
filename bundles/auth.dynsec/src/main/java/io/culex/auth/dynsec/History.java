// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.ConfigurationFile;
import io.culex.auth.dynsec.model.InvalidConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The versions of the file that were replaced, in a folder beside it, named by their change index. Keeping one costs a link, not a
 * copy. Belongs to one thread at a time; blocks on the file system.
 */
final class History {
    private static final String ENDING = ".json";
    private static final int DIGITS = 12;

    private final Path folder;
    private final Path file;
    private final BrokerLog log;
    private boolean told;

    /** A version that was kept. */
    record Version(long number, Path file) {
        String line() throws IOException {
            Instant time = Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS);
            return number + ", written " + time + ", " + Files.size(file) + " bytes";
        }
    }

    History(Path file, BrokerLog log) {
        this.file = file;
        this.folder = file.resolveSibling(file.getFileName() + ".history");
        this.log = log;
    }

    /** Keeps the file as it is, and no more versions than these. That it cannot is logged once, and stops nothing. */
    void keep(long number, int count) {
        if (count == 0 || !Files.exists(file)) {
            return;
        }
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Path version = folder.resolve(String.format("%0" + DIGITS + "d", number) + ENDING);
            Files.deleteIfExists(version);
            link(version);
            List<Version> all = versions();
            for (Version old : all.subList(Math.min(count, all.size()), all.size())) {
                Files.delete(old.file());
            }
            told = false;
        } catch (IOException | UncheckedIOException | UnsupportedOperationException e) {
            if (!told) {
                told = true;
                log.log(LogType.WARNING, "Warning: dynsec: Versions of " + file + " cannot be kept: " + e);
            }
        }
    }

    private void link(Path version) throws IOException {
        try {
            Files.createLink(version, file.toRealPath());
        } catch (UnsupportedOperationException | IOException e) {
            ConfigurationFile.write(version, Files.readAllBytes(file));
        }
    }

    /** The lowest number that is above those of all versions; 0 when there are none, or they cannot be listed. */
    long next() {
        try {
            List<Version> all = versions();
            return all.isEmpty() ? 0 : all.get(0).number() + 1;
        } catch (IOException | UncheckedIOException e) {
            // They cannot be kept either, and that is told then.
            return 0;
        }
    }

    /** Those that are kept, the newest first. */
    List<Version> versions() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.getFileName().toString().matches("\\d{" + DIGITS + "}\\" + ENDING))
                    .map(path -> new Version(
                            Long.parseLong(path.getFileName().toString().substring(0, DIGITS)), path))
                    .sorted(Comparator.comparingLong(Version::number).reversed())
                    .toList();
        }
    }

    /**
     * Reads a version.
     *
     * @throws IOException also when there is no such version
     */
    Configuration read(long number) throws IOException, InvalidConfigurationException {
        for (Version version : versions()) {
            if (version.number() == number) {
                return ConfigurationFile.read(version.file(), warning -> {});
            }
        }
        throw new IOException("there is no version " + number);
    }
}
