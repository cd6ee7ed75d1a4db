// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
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
        String openness = openness(file, view.readAttributes());
        if (openness != null) {
            warnings.add("Warning: File " + file + " " + openness + ". To fix this, use `chmod 0600 " + file + "`.");
        }
        Integer owner = number(file, "uid");
        Integer own = number(SELF, "uid");
        if (owner != null && own != null && owner != 0 && !owner.equals(own)) {
            warnings.add("Warning: File " + file + " belongs to another user, who can change it.");
        }
        return warnings;
    }

    /** Null when nobody but its owner, root and the broker's groups may do anything with it. */
    private static @Nullable String openness(Path file, PosixFileAttributes found) throws IOException {
        Set<PosixFilePermission> permissions = found.permissions();
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            return "can be changed by everyone";
        }
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            return "has world readable permissions";
        }
        boolean changes = permissions.contains(PosixFilePermission.GROUP_WRITE);
        boolean opens = changes || permissions.contains(PosixFilePermission.GROUP_READ);
        return opens && isForeignGroup(file)
                ? "can be " + (changes ? "changed" : "read") + " by the group "
                        + found.group().getName() + ", which is not the broker's"
                : null;
    }

    /** Neither root's nor one of those that this process has, which also a volume may have given to it. */
    private static boolean isForeignGroup(Path file) throws IOException {
        Integer group = number(file, "gid");
        Path status = SELF.resolve("status");
        if (group == null || group == 0 || !Files.exists(status)) {
            return false;
        }
        for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
            boolean lists = line.startsWith("Gid:") || line.startsWith("Groups:");
            if (lists && List.of(line.split("\\s+", -1)).contains(group.toString())) {
                return false;
            }
        }
        return true;
    }

    /** Null where the system has no such thing. */
    private static @Nullable Integer number(Path path, String attribute) throws IOException {
        boolean known = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        return known && Files.exists(path) && Files.getAttribute(path, "unix:" + attribute) instanceof Integer number
                ? number
                : null;
    }
}
