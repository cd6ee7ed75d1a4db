// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes and names. */
class HouseRulesTest {
    private static final int LINES_OF_A_FILE = 320;
    private static final int LINES_OF_A_POM = 45;
    private static final String SUFFIXES = ".*(Manager|Helper|Utils?|Impl)(\\$.*)?";

    @Test
    void filesFitInAHead() {
        List<Path> files = House.sources(".java", "bundles", "itests", "karaf-assembly", "benchmarks");
        assertEquals(List.of(), longerThan(LINES_OF_A_FILE, files.stream()));
    }

    @Test
    void pomsOfBundlesAreShort() {
        Stream<Path> poms = House.sources("pom.xml", "bundles").stream()
                .filter(pom -> !pom.getParent().endsWith("bundles"));
        assertEquals(List.of(), longerThan(LINES_OF_A_POM, poms));
    }

    /** Where there are instructions of its own, the ones for all bundles do not see the bundle's name. */
    @Test
    void bundlesWithInstructionsOfTheirOwnSayTheirName() {
        List<Path> without = House.sources("bnd.bnd", "bundles").stream()
                .filter(file -> !read(file)
                        .contains("Bundle-SymbolicName: io.culex."
                                + file.getParent().getFileName() + "\n"))
                .toList();
        assertEquals(List.of(), without);
    }

    @Test
    void everySourceNamesItsLicence() {
        List<Path> without = House.sources(".java", "bundles", "itests", "karaf-assembly", "benchmarks").stream()
                .filter(file -> !read(file).startsWith("// SPDX-License-Identifier: Apache-2.0\n"))
                .toList();
        assertEquals(List.of(), without);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<Path> without = House.sources(".java", "bundles").stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java"))
                        || !read(folder.resolve("package-info.java")).contains("@NullMarked"))
                .toList();
        assertEquals(List.of(), without);
    }

    @Test
    void classesNameTheirJob() {
        noClasses().should().haveNameMatching(SUFFIXES).check(House.allClasses());
    }

    @Test
    void noStaticStateChanges() {
        fields().that().areStatic().should().beFinal().check(House.allClasses());
    }

    @Test
    void nothingIsLeftToDo() {
        List<Path> open = House.sources(".java", "bundles", "itests", "karaf-assembly", "benchmarks").stream()
                .filter(file -> read(file).matches("(?s).*\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b.*"))
                .toList();
        assertEquals(List.of(), open);
    }

    /** A name that is not there would be no error to the JVM. */
    @Test
    void theCompilerIsToldOfMethodsThatExist() {
        String script = read(House.root().resolve("karaf-assembly/src/main/distribution/bin/culex"));
        List<MatchResult> named = Pattern.compile("dontinline,([\\w.]+)::(\\w+)")
                .matcher(script)
                .results()
                .toList();
        assertFalse(named.isEmpty());
        for (MatchResult method : named) {
            boolean exists = House.allClasses().get(method.group(1)).getMethods().stream()
                    .anyMatch(found -> found.getName().equals(method.group(2)));
            assertTrue(exists, method.group());
        }
    }

    private static List<String> longerThan(int lines, Stream<Path> files) {
        return files.filter(file -> read(file).lines().count() > lines)
                .map(file -> House.root().relativize(file) + ": "
                        + read(file).lines().count())
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
