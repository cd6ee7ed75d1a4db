// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.append;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a full disk from one that fails. */
final class IoFailures {
    private static final long NOTHING_LEFT = 64 << 10;

    private IoFailures() {}

    static boolean isFull(IOException failure, Path folder) throws IOException {
        String message = String.valueOf(failure.getMessage());
        // The text may be in the language of the machine; then the space that is left tells.
        return message.contains("No space left") || message.contains("quota") || usable(folder) < NOTHING_LEFT;
    }

    static long usable(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return store.getUsableSpace();
    }
}
