// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import io.culex.api.log.LogType;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The path of a file or folder. By the grammar a {@code # comment} after it is part of it; people write one all the same
 * (SPEC Z.14), so when only what stands before it exists, that is taken.
 */
final class PathValue {
    private PathValue() {}

    static String parse(Statement statement) throws InvalidConfigException {
        String text = statement.text();
        int mark = text.indexOf(" #");
        if (mark < 0 || exists(text)) {
            return text;
        }
        String before = text.substring(0, mark).strip();
        if (before.isEmpty() || !exists(before)) {
            return text;
        }
        statement.log(
                LogType.WARNING,
                "Warning: '" + statement.keyword() + "' is taken as '" + before + "', what follows as a comment.");
        return before;
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
