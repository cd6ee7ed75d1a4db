// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.log.LogType;
import io.culex.config.commandline.CommandLine;
import io.culex.config.file.ConfText;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ConfText conf;

    CheckConfigTest(@TempDir Path dir) {
        conf = new ConfText(dir);
    }

    @Test
    void saysThatAFileIsFine() {
        assertEquals(0, run("-c", conf.write("a.conf", "listener 1883"), "--test-config"));
        assertEquals("1883: Configuration file is OK.\n", printed());
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        String file = conf.write("a.conf", "", "nonsense");
        assertEquals(3, run("--test-config", "-c", file));
        assertEquals(
                "1883: Error: Unknown configuration variable 'nonsense'.\n1883: Error found at " + file + ":2.\n",
                printed());
    }

    @Test
    void saysWhatWasNoticedBeforeWhatIsWrong() {
        String file = conf.write("a.conf", "protocol mqtt", "listener 1883");
        assertEquals(1, run("-c", file));
        assertEquals(
                List.of(
                        "1883: Creating default listener due to 'protocol' option.",
                        "1883: It is best practice to define a 'listener' first. Using the 'protocol' option without a"
                                + " listener will be disabled in the future.",
                        "1883: Error: Address already in use",
                        "1883: Error found at " + file + ":2."),
                printed().lines().toList());
    }

    @Test
    void saysWhatWasNoticedBeforeAFeatureIsMissed() {
        String file = conf.write("a.conf", "sys_interval 5", "allow_duplicate_messages true", "password_file /p");
        assertEquals(3, run("-c", file));
        assertTrue(printed().startsWith("1883: The 'allow_duplicate_messages' option is now deprecated"), printed());
        assertTrue(printed().endsWith("1883: Error found at " + file + ":3.\n"), printed());
    }

    @Test
    void saysNothingWhenQuiet() {
        assertEquals(3, run("-q", "-c", conf.write("a.conf", "nonsense")));
        assertEquals("", printed());
    }

    @Test
    void wantsAFile() {
        assertEquals(3, check().check(CommandLine.NONE));
        assertEquals(3, run("--test-config"));
        assertEquals("1883: Please provide a configuration file to test.\n".repeat(2), printed());
    }

    @Test
    void refusesAWrongCommandLine() {
        assertEquals(3, run("--nonsense"));
        assertEquals("Error: Unknown option '--nonsense'.\n", printed());
    }

    @Test
    void endsWithItsStatusFromAPlainClassPath() throws Exception {
        String right = conf.write("right.conf", "listener 1883", "password_file /p");
        assertEquals(0, process(Map.of(Features.PROPERTY, "culex-auth-passwordfile"), "-c", right));
        assertTrue(printed().endsWith("Configuration file is OK.\n"), printed());
        assertEquals(3, process(Map.of(), "-c", right));
        assertTrue(printed().contains("needs the feature culex-auth-passwordfile"), printed());
    }

    private int run(String... args) {
        return check().run(args);
    }

    private CheckConfig check() {
        PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Clock clock = Clock.fixed(Instant.ofEpochSecond(1883), ZoneOffset.UTC);
        return new CheckConfig(new ConfigLoader(Features.parse(null), Map.of()), err, clock);
    }

    /** Runs the main class in a process with nothing but the bundles config and api. */
    private int process(Map<String, String> properties, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                where(CheckConfig.class) + File.pathSeparator + where(LogType.class)));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(CheckConfig.class.getName());
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        printed.reset();
        process.getInputStream().transferTo(printed);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process.exitValue();
    }

    private static String where(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
