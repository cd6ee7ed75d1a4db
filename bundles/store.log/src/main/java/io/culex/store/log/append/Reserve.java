// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.append;

import io.culex.store.log.segment.StoreFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** A file that holds space for the day on which there is none: acknowledgements and cleaning go on with it. */
final class Reserve {
    private static final int BLOCK = 1 << 20;
    /** What must be left for the store to be ready, also without a reserve. */
    private static final long LEAST = 1 << 20;

    private final StoreFolder folder;
    private final long bytes;

    Reserve(StoreFolder folder, long bytes) {
        this.folder = folder;
        this.bytes = bytes;
    }

    private boolean isThere() throws IOException {
        return bytes > 0 && Files.exists(folder.reserve()) && Files.size(folder.reserve()) >= bytes;
    }

    /** Takes the space, when as much again is left. Returns whether it is held now. */
    boolean take() throws IOException {
        if (isThere()) {
            return true;
        }
        Files.deleteIfExists(folder.reserve());
        if (IoFailures.usable(folder.path()) < Math.max(2 * bytes, LEAST)) {
            return false;
        }
        return bytes == 0 || fill();
    }

    private boolean fill() throws IOException {
        try (FileChannel file = folder.open(folder.reserve(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(BLOCK);
            for (long at = 0; at < bytes; at += BLOCK) {
                zeros.clear().limit((int) Math.min(BLOCK, bytes - at));
                StoreFolder.writeFully(file, zeros, at);
            }
            file.force(true);
            return true;
        } catch (IOException e) {
            if (!IoFailures.isFull(e, folder.path())) {
                throw e;
            }
            giveUp();
            return false;
        }
    }

    /** Gives the space back to the disk. */
    void giveUp() throws IOException {
        Files.deleteIfExists(folder.reserve());
    }
}
