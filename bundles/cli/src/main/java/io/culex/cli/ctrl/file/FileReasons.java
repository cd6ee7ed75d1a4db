// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What the operating system says of a file. Stateless. */
final class FileReasons {
    private FileReasons() {}

    static String of(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "Permission denied";
        }
        String reason = failure instanceof FileSystemException of ? of.getReason() : null;
        return reason == null ? String.valueOf(failure.getMessage()) : reason;
    }
}
