// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The features that are installed, by name. An option that restricts access and whose feature is not among them refuses
 * the start.
 *
 * @param names such as {@code culex-transport-tls}
 */
public record Features(Set<String> names) {
    /** The system property that names them, separated by commas, where there is no framework to ask. */
    public static final String PROPERTY = "culex.features";

    /** The header in the manifest of a bundle that names the features it brings, separated by commas. */
    public static final String HEADER = "Culex-Features";

    public Features {
        names = Set.copyOf(names);
    }

    /** Out of the value of {@link #PROPERTY} or {@link #HEADER}; null: none. */
    public static Features parse(@Nullable String list) {
        if (list == null) {
            return new Features(Set.of());
        }
        return new Features(Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet()));
    }

    /**
     * What the bundles below a folder bring, where no framework runs that could be asked. Blocks on the file system.
     *
     * @throws IOException when the folder or a jar cannot be read
     */
    public static Features installedIn(Path folder) throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (JarFile open = new JarFile(jar.toFile())) {
                    Manifest manifest = open.getManifest();
                    if (manifest != null) {
                        names.addAll(parse(manifest.getMainAttributes().getValue(HEADER))
                                .names());
                    }
                }
            }
        }
        return new Features(names);
    }

    /** Whether the feature is installed. */
    public boolean has(String name) {
        return names.contains(name);
    }
}
