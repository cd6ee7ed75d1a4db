// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What the operating system says of a file. Stateless. */
final class FileReasons {
    private FileReasons() {}

    static String of(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        return failure instanceof AccessDeniedException ? "Permission denied" : String.valueOf(failure.getMessage());
    }
}
