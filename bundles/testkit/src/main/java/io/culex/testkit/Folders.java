// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Takes a folder away with all that is in it. */
final class Folders extends SimpleFileVisitor<Path> {
    private Folders() {}

    static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new Folders());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException error) throws IOException {
        Files.delete(folder);
        return FileVisitResult.CONTINUE;
    }
}
