// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    MainTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        Files.createDirectories(folder.resolve("system/io/culex"));
        Files.createDirectories(folder.resolve("etc"));
        Files.createFile(folder.resolve("etc/startup.properties"));
    }

    @Test
    void printsItsUsage() {
        assertEquals(0, run("-h"));
        assertTrue(text(out).contains("Usage: culex"));
        assertEquals("", text(err));
    }

    @Test
    void printsItsVersion() {
        assertEquals(0, run("--version"));
        assertTrue(text(out).startsWith("culex version "));
    }

    @Test
    void refusesAnUnknownOptionAndShowsTheUsage() {
        assertEquals(3, run("--foo"));
        assertTrue(text(err).startsWith("Error: Unknown option '--foo'.\n"));
        assertTrue(text(err).contains("Usage: culex"));
    }

    @Test
    void refusesAnOptionWithoutItsValue() {
        assertEquals(3, run("-c"));
        assertTrue(text(err).matches("\\d+: Error: -c argument given, but no config file specified\\.\n"), text(err));
    }

    @Test
    void refusesAWrongConfigurationBeforeAnythingStarts() throws Exception {
        Path file = Files.writeString(folder.resolve("wrong.conf"), "listener 1883\nfoo bar\n");
        assertEquals(3, run("-c", file.toString()));
        assertTrue(text(err).contains(": Error: Unknown configuration variable 'foo'.\n"), text(err));
        assertTrue(text(err).contains(": Error found at " + file + ":2.\n"), text(err));
    }

    @Test
    void saysThatAConfigurationIsRight() throws Exception {
        Path file = Files.writeString(folder.resolve("right.conf"), "listener 1883\n");
        assertEquals(0, run("-c", file.toString(), "--test-config"));
        assertTrue(text(err).endsWith(": Configuration file is OK.\n"), text(err));
    }

    @Test
    void refusesToStartWithoutItsPidFile() throws Exception {
        Path file = Files.writeString(folder.resolve("pid.conf"), "pid_file " + folder + "\n");
        assertEquals(1, run("-c", file.toString()));
        assertTrue(text(err).endsWith(": Error: Unable to write pid file.\n"), text(err));
    }

    private int run(String... args) {
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", folder.toString());
        return new Main(folder, environment, stream(out), stream(err)).run(args);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
