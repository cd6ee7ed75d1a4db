// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another without reading it. Links are followed, so that a link that is moved to another
 * file (as volumes of Kubernetes do) is a change. Owner and permissions belong to it: with them a file that could not be read
 * becomes one that can.
 *
 * @param modified when the content was written; null when there is no file
 * @param key the file itself: device and inode; null when there is none, or the system has no such thing
 * @param changed when content, owner or permissions were changed; null when there is no file, or the system does not say
 */
public record Stamp(@Nullable FileTime modified, long size, @Nullable Object key, @Nullable FileTime changed) {
    /** There is no file, or nothing can be said of it. */
    public static final Stamp NONE = new Stamp(null, -1, null, null);

    private static final String BASIC = "lastModifiedTime,size,fileKey";

    /** What there is now; blocks on the file system. */
    public static Stamp of(Path file) {
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        try {
            Map<String, Object> found = Files.readAttributes(file, unix ? "unix:ctime," + BASIC : BASIC);
            return new Stamp(
                    (FileTime) found.get("lastModifiedTime"),
                    found.get("size") instanceof Long size ? size : -1,
                    found.get("fileKey"),
                    (FileTime) found.get("ctime"));
        } catch (IOException e) {
            return NONE;
        }
    }

    /** Whether both are the same content, whoever may read it. */
    public boolean isContentOf(Stamp other) {
        return Objects.equals(modified, other.modified) && size == other.size && Objects.equals(key, other.key);
    }
}
