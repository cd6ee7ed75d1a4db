// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the files of some settings stand on disk: two of them differ when a file was written, or a link leads elsewhere.
 *
 * @param files one line for each file
 */
public record FileState(List<String> files) {
    /** Of all files that settings name. Blocks. */
    public static FileState of(ServerTlsSettings settings) {
        ServerTlsSettings.IdentityFiles own = settings.identity();
        ServerTlsSettings.ClientCheck clients = settings.clients();
        List<String> lines = new ArrayList<>();
        Stream.of(own.certfile(), own.keyfile(), own.cafile(), clients == null ? null : clients.crlfile())
                .filter(Objects::nonNull)
                .forEach(file -> lines.add(line(file)));
        lines.addAll(folder(own.capath()));
        return new FileState(List.copyOf(lines));
    }

    private static List<String> folder(@Nullable Path capath) {
        if (capath == null) {
            return List.of();
        }
        try {
            return Authorities.files(capath).stream().map(FileState::line).toList();
        } catch (IOException e) {
            return List.of(capath + ": " + e.getClass());
        }
    }

    private static String line(Path file) {
        try {
            Path real = file.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            return real + " " + attributes.fileKey() + " " + attributes.size() + " " + attributes.lastModifiedTime();
        } catch (IOException e) {
            return file + ": " + e.getClass();
        }
    }
}
