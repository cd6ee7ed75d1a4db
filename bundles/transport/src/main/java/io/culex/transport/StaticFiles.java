// SPDX-License-Identifier: Apache-2.0
package io.culex.transport;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The files below {@code http_dir}, for the stages that speak HTTP. Blocks; any thread. */
public final class StaticFiles {
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

    private StaticFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Those of a folder.
     *
     * @throws GenerationRefusedException when it is none that can be read
     */
    public static StaticFiles of(String folder) throws GenerationRefusedException {
        try {
            Path real = Path.of(folder).toRealPath();
            if (!Files.isDirectory(real)) {
                throw new IOException("Not a directory");
            }
            return new StaticFiles(real);
        } catch (IOException | RuntimeException e) {
            throw new GenerationRefusedException(
                    Kind.CONFIGURATION, "Error: Unable to open http_dir \"%s\".".formatted(folder), e);
        }
    }

    /**
     * One file, open until it is closed.
     *
     * @param type of its content
     * @param channel at its beginning
     * @param length when it was opened: so much is sent, whatever becomes of it
     */
    public record OpenFile(String type, FileChannel channel, long length) {}

    /** What a request's target names; empty when there is no such file inside the folder. */
    public Optional<OpenFile> find(String target) {
        try {
            String path = new URI(target).getPath();
            return path == null ? Optional.empty() : at(path);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** What stands at a path, decoded already; empty when there is no such file inside the folder. */
    public Optional<OpenFile> at(String path) {
        if (path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        try {
            String relative = path.replaceFirst("^/+", "");
            Path real = folder.resolve(
                            relative.isEmpty() || relative.endsWith("/") ? relative + "index.html" : relative)
                    .toRealPath();
            // The real path: neither dots nor links lead out of the folder.
            return real.startsWith(folder) && Files.isRegularFile(real) ? Optional.of(open(real)) : Optional.empty();
        } catch (InvalidPathException | IOException e) {
            return Optional.empty();
        }
    }

    private static OpenFile open(Path real) throws IOException {
        FileChannel channel = FileChannel.open(real);
        try {
            return new OpenFile(type(real.getFileName().toString()), channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static String type(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(ending, "application/octet-stream");
    }
}
