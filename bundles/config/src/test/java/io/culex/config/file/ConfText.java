// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Configuration files for tests, in a folder of the test. */
public final class ConfText {
    private final Path dir;

    /** Files go into the folder. */
    public ConfText(Path dir) {
        this.dir = dir;
    }

    /** Writes a file and returns its name. */
    public String write(String name, String... lines) {
        try {
            Path file = dir.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, List.of(lines));
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of the main file. */
    public String main() {
        return dir.resolve("test.conf").toString();
    }

    /** Reads a file of these lines. */
    ConfigDocument read(String... lines) throws InvalidConfigException {
        return ConfigReader.read(write("test.conf", lines));
    }

    /** Why a file of these lines is refused, as lines of the log. */
    List<String> refusal(String... lines) {
        return assertThrows(InvalidConfigException.class, () -> read(lines)).reason();
    }

    /** The error of a file of these lines, without its place. */
    String error(String... lines) {
        return refusal(lines).get(0);
    }
}
