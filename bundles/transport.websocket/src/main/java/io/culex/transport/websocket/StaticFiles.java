// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.websocket;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The files below {@code http_dir}. Blocks; any thread. */
final class StaticFiles {
    private static final long LARGEST = 16 << 20;
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "txt", "text/plain; charset=utf-8");

    private final Path folder;

    /** Of a folder, whose path has no links in it. */
    StaticFiles(Path folder) {
        this.folder = folder;
    }

    /** One file as it is sent. */
    record Page(String type, byte[] content) {}

    /** What a request's target names; empty when there is no such file inside the folder. */
    Optional<Page> find(String target) {
        try {
            String path = new URI(target).getPath();
            if (path == null || path.indexOf('\0') >= 0) {
                return Optional.empty();
            }
            String relative = path.replaceFirst("^/+", "");
            Path real = folder.resolve(
                            relative.isEmpty() || relative.endsWith("/") ? relative + "index.html" : relative)
                    .toRealPath();
            // The real path: neither dots nor links lead out of the folder.
            if (!real.startsWith(folder) || !Files.isRegularFile(real) || Files.size(real) > LARGEST) {
                return Optional.empty();
            }
            return Optional.of(new Page(type(real.getFileName().toString()), Files.readAllBytes(real)));
        } catch (URISyntaxException | InvalidPathException | IOException e) {
            return Optional.empty();
        }
    }

    private static String type(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, "application/octet-stream");
    }
}
