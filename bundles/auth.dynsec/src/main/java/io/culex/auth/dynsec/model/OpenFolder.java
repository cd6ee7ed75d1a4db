// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder that is open for as long as a name in it changes. */
interface OpenFolder extends AutoCloseable {
    /** Opens one; a test may have it fail. */
    interface Opening {
        OpenFolder open(Path folder) throws IOException;
    }

    /** Has its names outlive a crash. */
    void force() throws IOException;

    @Override
    default void close() {}

    /** Opens a folder; only Windows cannot, and need not. */
    static OpenFolder of(Path folder) throws IOException {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new OfChannel(FileChannel.open(folder, StandardOpenOption.READ))
                : () -> {};
    }

    /** One that is open for reading. */
    record OfChannel(FileChannel channel) implements OpenFolder {
        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // Nothing was written by way of it, so nothing is lost.
            }
        }
    }
}
