// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bin/culex} decides before there is a Java machine. */
class ScriptTest {
    private static final Path SCRIPT =
            Path.of("../src/main/distribution/bin/culex").toAbsolutePath().normalize();

    private final Path java;
    private int exit;
    private String said = "";

    ScriptTest(@TempDir Path folder) throws Exception {
        this.java = folder.resolve("my java");
        Files.createDirectories(java.resolve("bin"));
        Path program = Files.writeString(java.resolve("bin/java"), "#!/bin/sh\necho began\n");
        assertTrue(program.toFile().setExecutable(true));
    }

    private void runWith(String version) throws Exception {
        Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString(), "--version").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", java.toString());
        Process process = builder.start();
        said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        exit = process.waitFor();
    }

    /** It would refuse options of the machine, or the classes, in words that lead nowhere. */
    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_392", "11.0.21", "16"})
    void namesTheVersionThatIsTooOld(String version) throws Exception {
        runWith(version);
        assertEquals(1, exit);
        assertTrue(
                said.matches("\\d+: Error: Java 17 or newer is needed; " + java + "/bin/java is " + version
                        + "\\. JAVA_HOME names another\\.\n"),
                said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "17.0.15", "25.0.1", "26-ea"})
    void startsWithEveryNewerOne(String version) throws Exception {
        runWith(version);
        assertEquals(0, exit);
        assertEquals("began\n", said);
    }

    @Test
    void saysThatThereIsNoJava() throws Exception {
        Files.delete(java.resolve("bin/java"));
        runWith("17");
        assertEquals(1, exit);
        assertTrue(said.endsWith(": Error: No Java found; set JAVA_HOME.\n"), said);
    }
}
