// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Reads the values of {@code plugin_opt_*} lines, which are text, as strictly as those of other options (SPEC A.1). Options are
 * named as their lines name them.
 */
public final class PluginOptions {
    private final String plugin;

    /**
     * For the options of a plugin.
     *
     * @param plugin how messages begin, for example {@code password-file}
     */
    public PluginOptions(String plugin) {
        this.plugin = plugin;
    }

    /** {@code true} or {@code 1}, {@code false} or {@code 0}. */
    public boolean flag(String option, String value) throws InvalidFileException {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw new InvalidFileException(
                        plugin + ": Error: Invalid 'plugin_opt_" + option + "' value (" + value + ").");
        };
    }

    /** A whole number within bounds. */
    public int number(String option, String value, int minimum, int maximum) throws InvalidFileException {
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new InvalidFileException(plugin + ": Error: 'plugin_opt_" + option + "' value not a number.");
        }
        if (number < minimum || number > maximum) {
            throw new InvalidFileException(plugin + ": Error: 'plugin_opt_" + option + "' value out of range, it is "
                    + minimum + " to " + maximum + ".");
        }
        return number;
    }

    /** The path of a file that must be given. */
    public Path file(String option, String value) throws InvalidFileException {
        if (value.isEmpty()) {
            throw new InvalidFileException(
                    plugin + ": Error: The plugin needs 'plugin_opt_" + option + "', the path of its file.");
        }
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new InvalidFileException(
                    plugin + ": Error: Invalid 'plugin_opt_" + option + "' value: " + e.getReason());
        }
    }
}
