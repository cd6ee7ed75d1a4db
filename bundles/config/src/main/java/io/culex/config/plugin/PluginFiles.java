// SPDX-License-Identifier: Apache-2.0
package io.culex.config.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The files that a reload reads again though the option that names them is the same (SPEC A.3). Their contents are part of
 * what a plugin is: a hash, because time and size miss an edit within one tick of the clock and a mounted secret whose link
 * is moved, and because these files are small. Files that a plugin writes itself are not among them.
 */
public final class PluginFiles {
    private static final List<String> READ_AGAIN =
            List.of("password_file", "acl_file", "psk_file", "certfile", "keyfile", "cafile");

    private PluginFiles() {}

    /** The paths of these files. */
    public static List<String> of(Map<String, String> options) {
        return READ_AGAIN.stream()
                .filter(options::containsKey)
                .map(options::get)
                .toList();
    }

    /** Differs whenever one of the files does. Blocks on the file system. */
    public static String contentOf(Map<String, String> options) {
        StringBuilder content = new StringBuilder();
        for (String option : READ_AGAIN) {
            String path = options.get(option);
            if (path != null) {
                content.append(option).append(' ').append(hash(path)).append('\n');
            }
        }
        return content.toString();
    }

    private static String hash(String path) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(Path.of(path)));
            return HexFormat.of().formatHex(digest);
        } catch (IOException | InvalidPathException e) {
            // Never counts as unchanged: the plugin is made again and says what is wrong.
            return "unreadable " + UUID.randomUUID();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
