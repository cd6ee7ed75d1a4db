// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.itests.Spec;
import io.culex.itests.Spec3;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds docs/conformance.md true; {@code -Dculex.conformance.write=true} writes it. */
class ConformanceListTest {
    private static final Map<String, List<String>> VERSION_5 = new TreeMap<>();
    private static final Map<String, List<String>> VERSION_3 = new TreeMap<>(byNumber());

    /** One line of the list: identifier, whom it binds, what it says in our words, why it has no test. */
    private record Statement(String id, String binds, String text, String reason) {
        static Statement of(String line) {
            String[] field = line.split("\t", -1);
            return new Statement(field[0], field[1], field[2], field[3]);
        }
    }

    @BeforeAll
    static void collectTests() throws Exception {
        Path classes = Path.of(ConformanceListTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(path -> path.toString().endsWith("Test.class"))
                    .sorted()
                    .toList()) {
                String name = classes.relativize(file).toString();
                collect(Class.forName(
                        name.substring(0, name.length() - ".class".length()).replace('/', '.')));
            }
        }
    }

    @Test
    void everyStatementHasATestOrAReason() throws IOException {
        List<String> open = statements().stream()
                .filter(statement -> !VERSION_5.containsKey(statement.id())
                        && statement.reason().isEmpty())
                .map(Statement::id)
                .toList();
        assertEquals(List.of(), open);
    }

    @Test
    void noStatementHasBothATestAndAReason() throws IOException {
        List<String> both = statements().stream()
                .filter(statement -> VERSION_5.containsKey(statement.id())
                        && !statement.reason().isEmpty())
                .map(Statement::id)
                .toList();
        assertEquals(List.of(), both);
    }

    @Test
    void everyTestNamesStatementsThatExist() throws IOException {
        List<String> known = statements().stream().map(Statement::id).toList();
        assertEquals(
                List.of(),
                VERSION_5.keySet().stream().filter(id -> !known.contains(id)).toList());
    }

    @Test
    void documentIsUpToDate() throws IOException {
        Path document = root().resolve("docs/conformance.md");
        String expected = document();
        if (Boolean.getBoolean("culex.conformance.write")) {
            Files.writeString(document, expected);
        }
        assertEquals(
                expected,
                Files.exists(document) ? Files.readString(document) : "",
                "docs/conformance.md is stale: run this test with -Dculex.conformance.write=true");
    }

    private static void collect(Class<?> tests) {
        List<Method> methods = new ArrayList<>(Arrays.asList(tests.getDeclaredMethods()));
        methods.sort(Comparator.comparing(Method::getName));
        for (Method method : methods) {
            note(VERSION_5, method, Spec.class, Spec::value);
            note(VERSION_3, method, Spec3.class, Spec3::value);
        }
    }

    private static <A extends Annotation> void note(
            Map<String, List<String>> to, Method method, Class<A> type, Function<A, String[]> ids) {
        A annotation = method.getAnnotation(type);
        if (annotation != null) {
            String test = method.getDeclaringClass().getSimpleName() + "." + method.getName();
            for (String id : ids.apply(annotation)) {
                to.computeIfAbsent(id, key -> new ArrayList<>()).add(test);
            }
        }
    }

    private static List<Statement> statements() throws IOException {
        Path list = root().resolve("itests/wire/src/test/resources/mqtt5-statements.tsv");
        return Files.readAllLines(list, StandardCharsets.UTF_8).stream()
                .map(Statement::of)
                .toList();
    }

    private static String document() throws IOException {
        List<Statement> statements = statements();
        Map<Boolean, Long> count = new LinkedHashMap<>();
        statements.forEach(statement -> count.merge(VERSION_5.containsKey(statement.id()), 1L, Long::sum));
        StringBuilder out = new StringBuilder();
        out.append("# Conformance\n\nGenerated by `ConformanceListTest` in `itests/wire`; do not edit.\n\n");
        out.append("Of the ").append(statements.size()).append(" normative statements of MQTT 5.0 ");
        out.append(count.getOrDefault(true, 0L)).append(" have a test over the wire, ");
        out.append(count.getOrDefault(false, 0L)).append(" a reason why not. ");
        out.append("`C` binds clients (tests show that the broker refuses who breaks it), `S` servers.\n\n");
        out.append("## MQTT 5.0\n\n| statement | binds | in our words | tests |\n|---|---|---|---|\n");
        for (Statement statement : statements) {
            String tests = VERSION_5.containsKey(statement.id())
                    ? String.join("<br>", VERSION_5.get(statement.id()))
                    : "none: " + statement.reason();
            out.append("| ").append(statement.id()).append(" | ").append(statement.binds());
            out.append(" | ")
                    .append(statement.text())
                    .append(" | ")
                    .append(tests)
                    .append(" |\n");
        }
        out.append("\n## MQTT 3.1.1\n\n| statement | tests |\n|---|---|\n");
        VERSION_3.forEach((id, tests) -> out.append("| ")
                .append(id)
                .append(" | ")
                .append(String.join("<br>", tests))
                .append(" |\n"));
        return out.toString();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("bundles"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** MQTT-3.1.2-9 before MQTT-3.1.2-10. */
    private static Comparator<String> byNumber() {
        return Comparator.comparing(ConformanceListTest::padded);
    }

    private static String padded(String id) {
        StringBuilder out = new StringBuilder();
        for (String part : id.split("[-.]")) {
            out.append(" ".repeat(Math.max(0, 4 - part.length()))).append(part);
        }
        return out.toString();
    }
}
