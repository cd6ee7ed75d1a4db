// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import io.culex.api.config.LogSettings;
import io.culex.api.config.LogSettings.Destination;
import io.culex.api.log.LogType;
import io.culex.config.commandline.CommandLine;
import io.culex.config.file.Keys;
import io.culex.config.file.Section;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The options of the log, with what the command line says over them. */
final class LogSettingsBuilder {
    private static final int FIRST_LOCAL_FACILITY = 16;

    private final Section global;
    private final CommandLine.Verbosity verbosity;

    LogSettingsBuilder(Section global, CommandLine.Verbosity verbosity) {
        this.global = global;
        this.verbosity = verbosity;
    }

    LogSettings build() {
        int facility = global.has("log_facility")
                ? FIRST_LOCAL_FACILITY + global.integer("log_facility")
                : LogSettings.DEFAULTS.facility();
        return new LogSettings(
                destinations(),
                global.text(Keys.LOG_FILE),
                types(),
                global.flag("log_timestamp"),
                global.text("log_timestamp_format"),
                facility,
                global.flag("connection_messages"));
    }

    private Set<Destination> destinations() {
        List<String> words = global.list("log_dest");
        if (words.isEmpty()) {
            return LogSettings.DEFAULTS.destinations();
        }
        Set<Destination> destinations = EnumSet.noneOf(Destination.class);
        for (String word : words) {
            switch (word) {
                case "none" -> destinations.clear();
                case "dlt" -> {}
                default -> destinations.add(Destination.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        return destinations;
    }

    private Set<LogType> types() {
        return switch (verbosity) {
            case QUIET -> Set.of();
            case VERBOSE -> EnumSet.allOf(LogType.class);
            case FILE -> typesOfFile();
        };
    }

    private Set<LogType> typesOfFile() {
        List<String> words = global.list("log_type");
        if (words.isEmpty()) {
            return LogSettings.DEFAULTS.types();
        }
        Set<LogType> types = EnumSet.noneOf(LogType.class);
        for (String word : words) {
            switch (word) {
                case "none" -> types.clear();
                case "all" -> types.addAll(EnumSet.complementOf(EnumSet.of(LogType.INTERNAL)));
                default -> types.add(LogType.valueOf(word.toUpperCase(Locale.ROOT)));
            }
        }
        return types;
    }
}
