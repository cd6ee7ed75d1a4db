// SPDX-License-Identifier: Apache-2.0
package io.culex.api.config;

import io.culex.api.log.LogType;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the log goes and what it says ({@code log_dest}, {@code log_type}, {@code log_timestamp*}).
 *
 * @param destinations where lines go
 * @param file the file of {@link Destination#FILE}, or null
 * @param types which lines are written
 * @param timestamp whether lines begin with the time
 * @param timestampFormat in the form of strftime(3); null: seconds since 1970
 * @param facility the facility of {@link Destination#SYSLOG}: 3 (daemon), or 16 to 23 for local0 to local7
 * @param connectionMessages whether connects and disconnects are logged
 */
public record LogSettings(
        Set<Destination> destinations,
        @Nullable String file,
        Set<LogType> types,
        boolean timestamp,
        @Nullable String timestampFormat,
        int facility,
        boolean connectionMessages) {
    /** The values of {@code log_dest} that lead somewhere. */
    public enum Destination {
        /** Standard output. */
        STDOUT,
        /** Standard error. */
        STDERR,
        /** The syslog socket of the machine. */
        SYSLOG,
        /** {@code $SYS/broker/log/...}. */
        TOPIC,
        /** A file. */
        FILE
    }

    /** Errors, warnings, notices and information with seconds, to standard error. */
    public static final LogSettings DEFAULTS = new LogSettings(
            Set.of(Destination.STDERR),
            null,
            EnumSet.of(LogType.ERROR, LogType.WARNING, LogType.NOTICE, LogType.INFORMATION),
            true,
            null,
            3,
            true);

    public LogSettings {
        destinations = Set.copyOf(destinations);
        types = Set.copyOf(types);
    }
}
