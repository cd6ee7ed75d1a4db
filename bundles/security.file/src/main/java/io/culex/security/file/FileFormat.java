// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What the lines of a file mean. */
public interface FileFormat<T> {
    /** What the log says of a file that cannot be read, up to the reason. */
    String unreadable(Path file);

    /**
     * Makes of the lines what is used afterwards; immutable.
     *
     * @param file where they come from, for messages
     * @param lines without their line feeds; carriage returns are still there
     * @param warnings takes lines for the log
     * @throws InvalidFileException when the file cannot be taken
     */
    T parse(Path file, List<String> lines, Consumer<String> warnings) throws InvalidFileException;
}
