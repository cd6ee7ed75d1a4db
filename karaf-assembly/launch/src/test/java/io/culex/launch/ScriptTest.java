// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code bin/culex} decides before there is a Java machine. */
class ScriptTest {
    private static final Path SCRIPT =
            Path.of("../src/main/distribution/bin/culex").toAbsolutePath().normalize();

    private final Path folder;
    private final Path java;
    private int exit;
    private String said = "";

    ScriptTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.java = folder.resolve("my java");
        Files.createDirectories(java.resolve("bin"));
        program(java.resolve("bin/java"), "echo began");
    }

    private static void program(Path file, String text) throws Exception {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private void runWith(String version) throws Exception {
        run(version, "--version");
    }

    private void run(String version, String... arguments) throws Exception {
        Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        List<String> words = new ArrayList<>(List.of("sh", SCRIPT.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().compute("PATH", (name, path) -> folder + ":" + path);
        builder.environment().keySet().removeAll(List.of("PUID", "PGID"));
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

    /** As root, told by a program of that name: the user may stand in any of the folders, also with the ends of lines of Windows. */
    @Test
    void becomesTheUserOfAnyIncludedFile() throws Exception {
        asRoot();
        Path first = Files.createDirectory(folder.resolve("first of two"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Files.writeString(first.resolve("a.conf"), "user plant\r\n");
        Files.writeString(second.resolve("b.conf"), "listener 1883\r\n");
        Path conf = Files.writeString(
                folder.resolve("main.conf"), "include_dir " + first + "\r\ninclude_dir " + second + "\r\n");
        run("17", "-c", conf.toString());
        assertEquals("--reuid=plant\n", said);
    }

    private void asRoot() throws Exception {
        program(folder.resolve("id"), "case \"$*\" in -u) echo 0 ;; *) echo 7 ;; esac");
        program(folder.resolve("setpriv"), "echo \"$1\"");
    }

    /** As the broker reads it: a folder where it is included, its files in their order, the last user of all. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "include_dir {dir}/a b \\t | plant",
                "include_dir {dir}/a b  # ours\\r | plant",
                "include_dir {dir}/a b\\nuser alice | alice",
                "user alice\\ninclude_dir {dir}/a b | plant",
                "user alice\\nuserx bob\\n#user bob\\nuser\\tbob | alice",
                "listener 1883\\n  user  bob \\t\\r | bob"
            })
    void becomesTheUserThatCountsInTheEnd(String text, String user) throws Exception {
        asRoot();
        Path included = Files.createDirectory(folder.resolve("a b"));
        for (String name : List.of("Z.conf", "aB.conf", "ab.conf", ".conf")) {
            Files.writeString(included.resolve(name), "user " + name.replace("Z.conf", "plant"));
        }
        Path conf = Files.writeString(
                folder.resolve("main.conf"),
                text.replace("\\n", "\n")
                        .replace("\\r", "\r")
                        .replace("\\t", "\t")
                        .replace("{dir}", folder.toString()));
        run("17", "-c", conf.toString());
        assertEquals("--reuid=" + user + "\n", said);
    }

    @Test
    void readsAnIncludedFileWhoseNameIsNotAscii() throws Exception {
        asRoot();
        Path included = Files.createDirectory(folder.resolve("d"));
        Files.writeString(included.resolve("ger\u00e4t.conf"), "user plant\n");
        Path conf = Files.writeString(folder.resolve("main.conf"), "include_dir " + included + "\n");
        run("17", "-c", conf.toString());
        assertEquals("--reuid=plant\n", said);
    }

    /** Mosquitto says the same of it. */
    @Test
    void refusesAUserWithACommentBehindIt() throws Exception {
        program(folder.resolve("id"), "case \"$*\" in -u) echo 0 ;; *) exit 1 ;; esac");
        Path conf = Files.writeString(folder.resolve("main.conf"), "user alice # ours\n");
        run("17", "-c", conf.toString());
        assertEquals(1, exit);
        assertTrue(said.endsWith(": Error: Invalid user 'alice # ours'.\n"), said);
    }

    /** Mosquitto opens its log anew at SIGRTMIN, and Java would end. */
    @Test
    void leavesTheFirstRealTimeSignalIgnored() throws Exception {
        program(java.resolve("bin/java"), "sed -n 's/^SigIgn:[[:space:]]*//p' /proc/$$/status");
        runWith("17");
        assertEquals(1, Long.parseUnsignedLong(said.trim(), 16) >> 33 & 1, said);
    }

    @Test
    void saysThatThereIsNoJava() throws Exception {
        Files.delete(java.resolve("bin/java"));
        runWith("17");
        assertEquals(1, exit);
        assertTrue(said.endsWith(": Error: No Java found; set JAVA_HOME.\n"), said);
    }
}
