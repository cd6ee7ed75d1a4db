// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bin/culex} asks of the Java machine, beside what the user asks of it: this one starts with it. */
class MachineOptionsTest {
    private static final Path SCRIPT =
            Path.of("../src/main/distribution/bin/culex").toAbsolutePath().normalize();

    private final Path java;
    private int exit;
    private String said = "";

    MachineOptionsTest(@TempDir Path folder) throws Exception {
        this.java = folder;
        Files.createDirectories(java.resolve("bin"));
        String real = System.getProperty("java.home") + "/bin/java";
        // What comes after -version is not looked at; so it stands where the options end.
        String text = "#!/bin/sh\nfor word; do\n    shift\n    [ \"$word\" = -cp ] && set -- \"$@\" -version\n"
                + "    set -- \"$@\" \"$word\"\ndone\nexec '" + real + "' -XX:+PrintCommandLineFlags \"$@\"\n";
        Path program = Files.writeString(java.resolve("bin/java"), text);
        assertTrue(program.toFile().setExecutable(true));
    }

    private void runWith(String variable, String options) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString(), "--version").redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.matches("JAVA_.*|JDK_.*|CULEX_.*"));
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().put(variable, options);
        Process process = builder.start();
        said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        exit = process.waitFor();
    }

    /** Of two collectors, or of a heap that is larger at the start than ever, the machine makes an error. */
    @ParameterizedTest
    @CsvSource({
        "JAVA_OPTS, -Xmx64m",
        "JAVA_OPTS, -Xmx98303k",
        "JAVA_OPTS, -Xmx67108864",
        "JAVA_OPTS, -Xmx2g -XX:MaxHeapSize=32M",
        "CULEX_OPTS, -Xmx64m",
        "JDK_JAVA_OPTIONS, -Xmx64m",
        "JAVA_TOOL_OPTIONS, -Xmx64m",
        "JAVA_OPTS, -XX:+UseG1GC -Xmx64m",
        "JDK_JAVA_OPTIONS, -XX:+UseG1GC",
        "JAVA_TOOL_OPTIONS, -XX:+UseParallelGC",
    })
    void startsWithWhatTheUserAsksFor(String variable, String options) throws Exception {
        runWith(variable, options);
        assertEquals(0, exit, said);
        assertFalse(said.matches("(?is).*(warning|error).*"), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-Xmx96m", "-Xmx1g", "-Xmx32m -Xmx131072K", "-Xmx0200m"})
    void beginsWithTheHeapThatWasMeasuredWhereThereIsRoom(String options) throws Exception {
        runWith("JAVA_OPTS", options);
        assertEquals(0, exit, said);
        assertTrue(said.contains("-XX:InitialHeapSize=" + 96 * 1024 * 1024 + " "), said);
    }
}
