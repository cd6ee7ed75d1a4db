// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who else may look into a file, or change it (SPEC A.1). It is only warned of: secrets in containers are often links. */
public final class Exposure {
    /** This process, which belongs to the user that it runs as. */
    private static final Path SELF = Path.of("/proc/self");

    private Exposure() {}

    /** Lines for the log; blocks on the file system. */
    public static List<String> warnings(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return List.of();
        }
        List<String> warnings = new ArrayList<>();
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            warnings.add("Warning: File " + file + " can be changed by everyone. To fix this, use `chmod 0600 " + file
                    + "`.");
        } else if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            warnings.add("Warning: File " + file + " has world readable permissions. To fix this, use `chmod 0600 "
                    + file + "`.");
        }
        Integer owner = uid(file);
        Integer own = uid(SELF);
        if (owner != null && own != null && owner != 0 && !owner.equals(own)) {
            warnings.add("Warning: File " + file + " belongs to another user, who can change it.");
        }
        return warnings;
    }

    /** Null where the system has no such thing. */
    private static @Nullable Integer uid(Path path) throws IOException {
        boolean known = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        return known && Files.exists(path) && Files.getAttribute(path, "unix:uid") instanceof Integer uid ? uid : null;
    }
}
