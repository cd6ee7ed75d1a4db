// SPDX-License-Identifier: Apache-2.0
package io.culex.config.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.config.LogSettings;
import io.culex.api.config.LogSettings.Destination;
import io.culex.api.log.LogType;
import io.culex.config.file.ConfText;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSettingsBuilderTest {
    private final Loading loading;
    private final Path dir;

    LogSettingsBuilderTest(@TempDir Path dir) {
        this.dir = dir;
        loading = new Loading(dir);
    }

    @Test
    void readsTheSettingsOfTheLog() throws Exception {
        LogSettings log = log(
                "log_dest none",
                "log_dest syslog",
                "log_dest file /var/log/a b.log",
                "log_type error",
                "log_type subscribe",
                "log_timestamp false",
                "log_timestamp_format %s",
                "log_facility 5",
                "connection_messages false");
        assertEquals(
                new LogSettings(
                        Set.of(Destination.SYSLOG, Destination.FILE),
                        "/var/log/a b.log",
                        Set.of(LogType.ERROR, LogType.SUBSCRIBE),
                        false,
                        "%s",
                        21,
                        false),
                log);
    }

    @Test
    void resetsDestinationsAndTypesAtNone() throws Exception {
        LogSettings log = log("log_dest stdout", "log_dest none", "log_type all", "log_type none", "log_type debug");
        assertEquals(Set.of(), log.destinations());
        assertEquals(Set.of(LogType.DEBUG), log.types());
        assertEquals(
                EnumSet.complementOf(EnumSet.of(LogType.INTERNAL)),
                log("log_type all").types());
    }

    @Test
    void letsTheCommandLineOverrideTheTypesOfTheLog() throws Exception {
        String file = new ConfText(dir).write("a.conf", "log_type error");
        assertEquals(
                EnumSet.allOf(LogType.class),
                Loading.commandLine("-v", "-c", file).broker().log().types());
        assertEquals(
                Set.of(),
                Loading.commandLine("-v", "-q", "-c", file).broker().log().types());
        assertEquals(
                Set.of(LogType.ERROR),
                Loading.commandLine("-c", file).broker().log().types());
    }

    private LogSettings log(String... lines) throws Exception {
        return loading.withAllFeatures(lines).broker().log();
    }
}
