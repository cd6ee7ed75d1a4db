// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another without reading it. Links are followed, so that a link that is moved to another
 * file (as volumes of Kubernetes do) is a change.
 *
 * @param key the file itself: device and inode; null when there is none, or the system has no such thing
 */
record Stamp(@Nullable FileTime modified, long size, @Nullable Object key) {
    private static final Stamp NONE = new Stamp(null, -1, null);

    static Stamp of(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
        } catch (IOException e) {
            return NONE;
        }
    }
}
