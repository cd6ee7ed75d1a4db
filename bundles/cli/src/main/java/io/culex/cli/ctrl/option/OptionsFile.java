// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.option;

import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of options, one in a line as on the command line; the value is the rest of the line, blanks inside included. Lines that
 * begin with {@code #} are comments.
 */
final class OptionsFile {
    private static final List<String> NAMES = List.of("culex_ctrl", "mosquitto_ctrl");

    private OptionsFile() {}

    /** The file that is named, else the first that is in the usual place; null: there is none. */
    static @Nullable Path find(@Nullable String named, Map<String, String> environment) {
        if (named != null) {
            return Path.of(named);
        }
        for (Path candidate : usual(environment)) {
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static List<Path> usual(Map<String, String> environment) {
        List<Path> candidates = new ArrayList<>();
        String config = environment.get("XDG_CONFIG_HOME");
        String home = environment.get("HOME");
        String profile = environment.get("USERPROFILE");
        for (String name : NAMES) {
            if (config != null && !config.isEmpty()) {
                candidates.add(Path.of(config, name));
            } else if (home != null && !home.isEmpty()) {
                candidates.add(Path.of(home, ".config", name));
            } else if (profile != null && !profile.isEmpty()) {
                candidates.add(Path.of(profile, name + ".conf"));
                candidates.add(Path.of(profile, name));
            }
        }
        return candidates;
    }

    /** Reads it; blocks. */
    static void apply(Path file, Draft draft) throws FailedException {
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                apply(line.strip(), draft);
            } catch (FailedException e) {
                throw new FailedException(
                        ExitStatus.OPTIONS, e.text() + " (Line " + number + " of the options file " + file + ")", e);
            }
        }
    }

    private static List<String> lines(Path file) throws FailedException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new FailedException(
                    ExitStatus.OPTIONS, "Error: Unable to read the options file " + file + ": " + reason(e) + ".", e);
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        return failure instanceof AccessDeniedException ? "Permission denied" : String.valueOf(failure.getMessage());
    }

    private static void apply(String line, Draft draft) throws FailedException {
        String[] parts = line.split("\\s+", 2);
        Option option = Option.find(parts[0]);
        if (option == null) {
            throw Draft.wrong("Unknown option '" + parts[0] + "'.");
        }
        if (option.takesValue() && parts.length < 2) {
            throw Draft.wrong(option.withoutValue());
        }
        if (!option.takesValue() && parts.length > 1) {
            throw Draft.wrong(parts[0] + " takes no value.");
        }
        OptionValue.apply(draft, option, parts.length < 2 ? "" : parts[1]);
    }
}
