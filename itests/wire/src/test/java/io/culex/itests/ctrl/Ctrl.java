// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.ctrl;

import io.culex.testkit.BrokerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** Runs of {@code bin/culex_ctrl} of the distribution, and of Debian's {@code mosquitto_ctrl}. */
final class Ctrl {
    private static final String OURS =
            BrokerKind.assembly().resolve("bin/culex_ctrl").toString();
    private static final String DEBIANS = "/usr/bin/mosquitto_ctrl";

    /** For all tests: the first run of each version takes its time. */
    private static final Path CACHE = Path.of("target/ctrl-cache").toAbsolutePath();

    private final Path folder;
    private final List<String> options;
    private final Map<String, String> environment;

    /** What a run ended with, and what it wrote. */
    record Result(int status, String out, String err) {
        /** It ended well. */
        Result well() {
            Assertions.assertEquals(0, status, this::toString);
            return this;
        }

        /** It ended with that status, and the last line it wrote to standard error is this. */
        void badly(int expected, String line) {
            String[] lines = err.split("\n");
            Assertions.assertEquals(expected, status, this::toString);
            Assertions.assertEquals(line, lines[lines.length - 1]);
        }
    }

    /** With these options in every run; what is kept between runs is in the folder. */
    Ctrl(Path folder, String... options) {
        this(folder, List.of(options), Map.of());
    }

    private Ctrl(Path folder, List<String> options, Map<String, String> more) {
        this.folder = folder;
        this.options = options;
        this.environment = new HashMap<>(more);
        environment.putIfAbsent("XDG_CONFIG_HOME", folder.resolve("config").toString());
        environment.putIfAbsent("XDG_CACHE_HOME", CACHE.toString());
    }

    /** The same with other options. */
    Ctrl with(String... other) {
        return new Ctrl(folder, List.of(other), environment);
    }

    /** The same with an environment variable. */
    Ctrl in(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Ctrl(folder, options, more);
    }

    List<String> options() {
        return options;
    }

    Map<String, String> environment() {
        return environment;
    }

    static String program() {
        return OURS;
    }

    /** A command of dynsec. */
    Result dynsec(String... words) {
        return dynsecReading("", words);
    }

    /** The same with something to read. */
    Result dynsecReading(String input, String... words) {
        return run(input, OURS, true, words);
    }

    /** The same by Debian's program. */
    Result debians(String... words) {
        return run("", DEBIANS, true, words);
    }

    /** Anything behind the options. */
    Result any(String... words) {
        return run("", OURS, false, words);
    }

    /** The shell, with these lines. */
    Result shell(String... lines) {
        return run(String.join("\n", lines) + "\n", OURS, false);
    }

    private Result run(String input, String program, boolean dynsec, String... words) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(options);
        if (dynsec) {
            command.add("dynsec");
        }
        command.addAll(Arrays.asList(words));
        return run(input, command);
    }

    /** Any command line with this environment. */
    Result run(String input, List<String> command) {
        try {
            Path in = Files.writeString(Files.createTempFile(folder, "run", ".in"), input);
            Path out = Files.createTempFile(folder, "run", ".out");
            Path err = Files.createTempFile(folder, "run", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end:\n" + read(err));
            }
            return new Result(process.exitValue(), read(out), read(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
