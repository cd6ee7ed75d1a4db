// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.testkit.BrokerKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that docs/guide tells its readers to type is typed, page by page, and what it promises to print is compared. */
@Execution(ExecutionMode.CONCURRENT)
class GuideTest {
    private static final Path GUIDE =
            Path.of(System.getProperty("culex.home", "../..")).resolve("docs/guide");

    /** For each page that no other continues: it, after those that it continues. */
    static Stream<List<Page>> chapters() throws IOException {
        Map<String, Page> pages = new TreeMap<>();
        pages().forEach(page -> pages.put(page.name(), page));
        Set<String> continued = new HashSet<>();
        pages.values().forEach(page -> continued.add(page.continues()));
        return pages.values().stream()
                .filter(page -> !continued.contains(page.name()))
                .map(last -> {
                    Deque<Page> chapter = new ArrayDeque<>(List.of(last));
                    while (!chapter.getFirst().continues().isEmpty()) {
                        chapter.addFirst(Objects.requireNonNull(
                                pages.get(chapter.getFirst().continues())));
                    }
                    return List.copyOf(chapter);
                });
    }

    private static List<Page> pages() throws IOException {
        List<Page> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(GUIDE)) {
            for (Path file : files.sorted().toList()) {
                pages.add(Page.read(file));
            }
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("chapters")
    void whatIsTypedDoesWhatThePageSays(List<Page> chapter) throws Exception {
        Assumptions.assumeTrue(BrokerKind.selected() == BrokerKind.CULEX, "for Culex alone");
        List<String> expected = new ArrayList<>();
        try (Runner runner = new Runner()) {
            for (Page page : chapter) {
                runner.run(page);
                expected.addAll(leftOut(page.name()));
            }
            assertEquals(expected, runner.scratch().leftOut(), "commands that are left out: see left-out.txt");
        }
    }

    /** What left-out.txt says of a page; each line has the reason at its end. */
    private static List<String> leftOut(String page) throws IOException {
        try (InputStream list = GuideTest.class.getResourceAsStream("/left-out.txt")) {
            return new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(page + " | "))
                    .map(line -> line.split(" \\| ", -1)[1])
                    .toList();
        }
    }

    @Test
    void everyPageIsInTheIndexAndTheIndexInTheReadme() throws IOException {
        String index = Files.readString(GUIDE.resolve("README.md"));
        TreeSet<String> missing = new TreeSet<>();
        for (Page page : pages()) {
            if (!page.name().equals("README.md") && !index.contains("(" + page.name() + ")")) {
                missing.add(page.name());
            }
        }
        assertEquals(new TreeSet<>(), missing);
        assertTrue(Files.readString(GUIDE.resolve("../../README.md")).contains("(docs/guide/README.md)"));
    }
}
