// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The bundles as they were built: folder X holds the classes of package io.culex.X. */
final class House {
    private static final String BASE = "io.culex.";
    private static final List<String> BUNDLES = bundlesOnDisk();

    private House() {}

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("bundles"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** Names of all bundles that have classes. */
    static List<String> bundles() {
        return BUNDLES;
    }

    private static List<String> bundlesOnDisk() {
        try (Stream<Path> folders = Files.list(root().resolve("bundles"))) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("target/classes")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JavaClasses classes(String bundle) {
        return new ClassFileImporter().importPath(folder(bundle));
    }

    static JavaClasses allClasses() {
        return new ClassFileImporter()
                .importPaths(bundles().stream().map(House::folder).toList());
    }

    /** Classes of libraries that a bundle has inside are not ours. */
    private static Path folder(String bundle) {
        return root().resolve("bundles/" + bundle + "/target/classes/io/culex");
    }

    /** The bundle a class of ours belongs to, by the longest name that fits its package; empty for other classes. */
    static String bundleOf(JavaClass type) {
        String inside = type.getPackageName() + ".";
        return bundles().stream()
                .filter(bundle -> inside.startsWith(BASE + bundle + "."))
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    /** All files below the folders, with this ending, that are not built. */
    static List<Path> sources(String ending, String... folders) {
        return Stream.of(folders)
                .map(root()::resolve)
                .filter(Files::isDirectory)
                .flatMap(House::walk)
                .filter(path -> path.toString().endsWith(ending))
                .filter(path -> !path.toString().contains("/target/"))
                .sorted()
                .toList();
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
