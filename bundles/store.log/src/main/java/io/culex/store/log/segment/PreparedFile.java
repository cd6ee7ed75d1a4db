// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log.segment;

import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file full of zeros that is to become a segment; it belongs to the one who has it. */
public record PreparedFile(Path path, FileChannel channel) {}
