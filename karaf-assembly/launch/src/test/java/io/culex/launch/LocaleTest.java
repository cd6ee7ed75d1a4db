// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The locale that the scripts give to the Java machine, which decides what arguments and file names are. */
class LocaleTest {
    private static final Path BIN =
            Path.of("../src/main/distribution/bin").toAbsolutePath().normalize();

    private final Path java;

    LocaleTest(@TempDir Path folder) throws Exception {
        this.java = folder;
        Files.createDirectories(java.resolve("bin"));
        Path program = Files.writeString(java.resolve("bin/java"), "#!/bin/sh\necho \"$LC_ALL,$LC_CTYPE\"\n");
        assertTrue(program.toFile().setExecutable(true));
    }

    private String given(String script, Map<String, String> locale) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder("sh", BIN.resolve(script).toString(), "--help").redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("LC_.*|LANG|LANGUAGE|JAVA_.*"));
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().putAll(locale);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.strip();
    }

    /** ssh hands on the locale of where somebody sits; Java made one and the same character of every byte of a letter. */
    @ParameterizedTest
    @ValueSource(strings = {"culex", "culex_passwd", "culex_ctrl"})
    void isOneOfUtf8WhereTheOneOfTheEnvironmentIsNotInstalled(String script) throws Exception {
        assertEquals("C.UTF-8,", given(script, Map.of("LANG", "zz_ZZ.UTF-8")));
        assertEquals("C.UTF-8,UTF-8x", given(script, Map.of("LC_CTYPE", "UTF-8x")));
        assertEquals("C.UTF-8,", given(script, Map.of("LC_ALL", "zz_ZZ.ISO-8859-1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"culex", "culex_passwd", "culex_ctrl"})
    void isOneOfUtf8WhereTheEnvironmentSaysNothing(String script) throws Exception {
        assertEquals("C.UTF-8,", given(script, Map.of()));
        assertEquals("C.UTF-8,", given(script, Map.of("LC_ALL", "POSIX")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"culex", "culex_passwd", "culex_ctrl"})
    void isThatOfTheEnvironmentWhereItIsInstalled(String script) throws Exception {
        assertEquals(",C.UTF-8", given(script, Map.of("LC_CTYPE", "C.UTF-8")));
        assertEquals("C.UTF-8,", given(script, Map.of("LC_ALL", "C.UTF-8", "LC_TIME", "zz_ZZ.UTF-8")));
    }

    /** Java takes a locale as a whole, or not at all. */
    @ParameterizedTest
    @ValueSource(strings = {"culex", "culex_passwd", "culex_ctrl"})
    void isOneOfUtf8WhereAPartOfThatOfTheEnvironmentIsNotInstalled(String script) throws Exception {
        assertEquals("C.UTF-8,", given(script, Map.of("LANG", "C.UTF-8", "LC_TIME", "zz_ZZ.UTF-8")));
        assertEquals("C.UTF-8,C.UTF-8", given(script, Map.of("LANG", "zz_ZZ", "LC_CTYPE", "C.UTF-8")));
    }
}
